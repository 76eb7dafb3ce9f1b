import Foundation
import GateEngine
import Testing

@testable import apt_gate

/// `kill -9` of the hook, the guard, apt and dpkg on a booted node: the next run needs no person, nothing gated got
/// through, and nothing is left that should not be.
@Suite("killed at every step", LabRequirements.trait, .serialized)
struct KillTests {
  /// One accident, as `kill-hook` reads it.
  private struct Case: Encodable {
    var name: String
    var points: [String]
    var package = "net"
    /// `self` is the process of apt-gate that reaches the point.
    var victim = "self"
    /// Whether the update is there afterwards; nil where apt and the guard are side by side.
    var applies: Bool? = false
    /// Whether the update takes routes away by itself.
    var loses = false
    var command: [String]?

    init(_ point: Failpoint, setting: [String] = []) {
      name = point.name
      points = setting + [point.name]
    }
  }

  /// What is tried here is not how long it takes.
  private static let settings = "apiVersion: apt-gate/v1\ndeadlines: {preInstall: 60s, postInstall: 60s}\n"

  private static let before: [TransactionStep] = [.recordIntent, .lookBefore, .startGuard, .raiseShield]

  /// How each point there is can be reached.
  private static func ways(to point: Failpoint) -> [Case] {
    var killed = Case(point)
    switch point {
    case .step(.withdraw, _): killed.points.insert("shielded:error", at: 0)
    case .step(.recordVeto, _): killed.package = "held"
    case .step(.restore, _):
      killed.points.insert("guard-watch:kill", at: 0)
      (killed.loses, killed.applies) = (true, true)
      return [killed]
    case .step(let step, _) where before.contains(step): break
    case .step: killed.applies = true
    case .point(let point):
      switch point {
      case .syncRecord, .syncEnact, .syncEnacted, .syncRecorded: killed.command = ["apt-gate", "sync", "--quiet"]
      case .restartIntent, .restartGuard, .restartJob, .restartFinish, .restartRecorded:
        killed.command = ["apt-gate", "restart", "systemd-networkd.service"]
      case .guardWatch, .guardFinish, .postInstall: killed.applies = true
      case .read, .decide, .ledger, .snapshot, .guard, .shield, .shielded, .allow, .allowed: break
      }
    }
    guard killed.command == nil else { return [killed] }
    var orphaned = killed
    orphaned.name += ", apt"
    orphaned.victim = "apt"
    if point == .point(.guardWatch) { orphaned.applies = nil }
    return [killed, orphaned]
  }

  @Test("at every named step, and apt at each", .timeLimit(.minutes(30)))
  func failpoints() async throws {
    let gated = try await GatedNode.bootWithPackages()
    try gated.node.write("/etc/apt-gate/apt-gate.yaml.d/90-limits.yaml", Self.settings)
    var cases = Failpoint.all.flatMap(Self.ways)
    var dpkg = Case(.point(.guardWatch))
    (dpkg.name, dpkg.points, dpkg.victim, dpkg.applies) = ("dpkg in a postinst", [], "dpkg", true)
    cases.append(dpkg)
    try gated.node.write("/root/cases.json", String(decoding: try JSONEncoder().encode(cases), as: UTF8.self))
    let report = try KillReport(try await gated.node.shell("kill-hook points /root/cases.json", limit: 1700))
    print("killed at \(report.reached) of \(report.points) named steps")
    #expect(report.problems == [])
    #expect(report.reached == cases.count)
  }

  /// So many system calls are tried unless `APT_GATE_KILL_CALLS` says another number; 0 is all.
  private static let standardCalls = 200

  @Test("at the system calls of the hook", .timeLimit(.minutes(240)))
  func systemCalls() async throws {
    let gated = try await GatedNode.bootWithPackages("strace")
    try gated.node.write("/etc/apt-gate/apt-gate.yaml.d/90-limits.yaml", Self.settings)
    let wanted = ProcessInfo.processInfo.environment["APT_GATE_KILL_CALLS"].flatMap { Int($0) } ?? Self.standardCalls
    let report = try KillReport(try await gated.node.shell("kill-hook calls \(wanted)", limit: 14000))
    print(
      "killed at \(report.reached) of \(report.tried) system calls that were tried, of \(report.points) that the hook makes"
    )
    #expect(report.problems == [])
    #expect(report.reached > report.tried / 2)
  }
}
