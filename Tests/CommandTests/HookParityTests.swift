import Foundation
import GateModel
import LedgerLog
import TestSupport
import Testing

@testable import apt_gate

/// The hook and `sync` give the same verdict, by the same rules, with the same words.
@Suite(.enabled(if: geteuid() == 0, "the hooks are for root")) struct HookParityTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    /// The lines of the rule below `match`.
    var rule: String
    var windows = ""
    var testDescription: String { name }
  }

  /// A window in UTC from and to so many seconds from now.
  private static func window(_ from: Int, _ to: Int) -> String {
    func text(_ seconds: Int) -> String {
      Date(timeIntervalSinceNow: TimeInterval(seconds)).ISO8601Format().prefix(16).description
    }
    return "windows: [{name: w, timeZone: UTC, from: \"\(text(from))\", to: \"\(text(to))\"}]"
  }

  private static let cases = [
    Case(name: "allow", rule: "effect: allow"),
    Case(name: "hold", rule: "effect: {hold: {maximum: 30d, escalate: [\"@security\"]}}"),
    Case(name: "defer", rule: "youngerThan: 3d\n    effect: defer"),
    Case(name: "approve", rule: "when: network.atRisk.count > 0\n    effect: approve"),
    Case(name: "held since", rule: "when: \"!has(update.heldSince)\"\n    effect: defer"),
    Case(name: "no such fact", rule: "when: fleet.reachable\n    effect: stage"),
    Case(name: "window is open", rule: "outside: w\n    effect: defer", windows: window(-3600, 3600)),
    Case(name: "window is closed", rule: "outside: w\n    effect: defer", windows: window(3600, 7200)),
    // The minute is cut off: it ends within 120 s.
    Case(name: "window closes before dpkg is done", rule: "outside: w\n    effect: defer", windows: window(-3600, 100)),
  ]

  @Test(arguments: cases)
  func theyAgree(on example: Case) throws {
    let node = try HookNode(
      policy: """
        apiVersion: apt-gate/v1
        name: test
        gated: [{source: foo}]
        \(example.windows)
        rules:
          - id: always
            match: {source: foo}
            effect: allow
            message: foo may come
          - id: rule
            match: {source: foo}
            \(example.rule)
            message: foo as it is
        """)
    let deb = try node.node.deb("foo", "2.0-1", postinst: "#!/bin/sh\n")
    try node.node.offer("foo", "2.0-1", deb: deb)
    #expect(try node.node.gate("sync").error == "")
    let hook = try node.preInstall(node.stream("foo 1.0-1 amd64 no < 2.0-1 amd64 no \(deb)\n"))
    let decision = try node.entries().last { $0.kind == .decision }
    // What the first one has held is a fact for both of these.
    let sync = try node.node.gate("sync", "--json")
    let change = try #require(try ParsedJSON(sync.output)["changes"]?.elements.first)
    let decided = try #require(change["verdict"]?.string)
    #expect(hook.status == sync.status, "sync: \(sync.output)\nhook: \(hook.error)")
    if hook.status == 0 {
      guard case .decision(let record) = try #require(decision).body else { return }
      #expect(record.verdict.rawValue == decided)
      #expect(record.message == change["message"]?.string)
    } else {
      #expect(hook.error.contains("\(decided) by"), "\(hook.error)")
      #expect(hook.error.contains(try #require(change["message"]?.string)), "\(hook.error)")
    }
    if example.name.hasPrefix("window") { #expect(hook.status == (example.name == "window is open" ? 0 : 2)) }
  }

  /// Nobody can say what is gated any more: what takes the network away is held, and what was held.
  @Test func theyAgreeWithoutPolicies() throws {
    let node = try HookNode()
    for name in ["held", "plain", "systemd"] {
      if name == "systemd" { try node.node.install(name, "1.0-1") }
      try node.node.offer(name, "2.0-1", deb: try node.node.deb(name, "2.0-1", postinst: "#!/bin/sh\n"))
    }
    #expect(try node.node.gate("sync").status == 2)
    try FileManager.default.removeItem(atPath: node.node.policies)
    let sync = try node.node.gate("sync")
    #expect(sync.status == 4)
    #expect(sync.error.contains("cannot read the policies"))
    #expect(try node.node.upgrades() == ["Inst plain"])
    let words = try node.node.gate("held").output
    #expect(words.contains("it was held, and the policies cannot be read"), "\(words)")
    for (name, status) in [("held", 4), ("systemd", 4), ("plain", 0)] {
      let deb = "\(node.folder)/\(name)_2.0-1_amd64.deb"
      let hook = try node.preInstall(node.stream("\(name) 1.0-1 amd64 no < 2.0-1 amd64 no \(deb)\n"))
      #expect(hook.status == Int32(status), "\(name): \(hook.error)")
    }
  }
}
