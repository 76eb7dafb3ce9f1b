import Foundation
import GateModel
import Ledger
import LedgerLog

@testable import apt_gate

/// A made-up node that apt's hooks are run on, with the streams that apt would write.
final class HookNode {
  let node: MadeUpNode

  /// `foo` is gated and allowed, `held` is held, `net` restarts networkd and is shielded, `plain` is not gated.
  static let policy = """
    apiVersion: apt-gate/v1
    name: test
    gated:
      - source: [foo, held, net]
    rules:
      - id: foo-allowed
        match: {source: foo}
        effect: allow
        message: foo is fine
      - id: held-held
        match: {source: held}
        effect: {hold: {maximum: 30d, escalate: ["@security"]}}
        message: held is not wanted
      - id: net-shielded
        match: {source: net}
        effect: {shield: {units: [systemd-networkd.service]}}
        message: net restarts networkd
    """

  init(policy: String = policy) throws {
    node = try MadeUpNode()
    for name in ["foo", "held", "net", "plain"] { try node.install(name, "1.0-1") }
    try node.policy(policy)
  }

  var folder: String { node.folder.path }
  var state: String { "\(folder)/state" }
  var transactions: String { "\(state)/transactions" }

  /// A .deb of `name` in version 2, and the lines that apt would write to install it.
  func upgrade(_ name: String) throws -> String {
    let postinst = name == "net" ? "systemctl try-restart systemd-networkd.service" : "exit 0"
    let deb = try node.deb(name, "2.0-1", postinst: "#!/bin/sh\nset -e\n\(postinst)\n")
    return "\(name) 1.0-1 amd64 no < 2.0-1 amd64 no \(deb)\n\(name) 1.0-1 amd64 no < 2.0-1 amd64 no **CONFIGURE**\n"
  }

  func stream(_ actions: String..., configuration: String = "") -> String {
    "VERSION 3\nDir=\(folder)/\nAPT::Architecture=amd64\nDir::State::status=\(folder)/var/lib/dpkg/status\n\(configuration)\n"
      + actions.joined()
  }

  /// Runs `hook pre-install` on a stream, in a network namespace of its own.
  func preInstall(_ stream: String, environment: [String: String] = [:]) throws -> Command.Outcome {
    try node.folder.write("stream", stream)
    return try hook("pre-install", input: "\(folder)/stream", environment: environment)
  }

  @discardableResult
  func postInstall() throws -> Command.Outcome { try hook("post-install", input: "/dev/null") }

  func hook(_ name: String, input: String, environment: [String: String] = [:]) throws -> Command.Outcome {
    let words = ["hook", name, "--policies", node.policies, "--state", state]
    let command = ([MadeUpNode.binary] + words).map { "'\($0)'" }.joined(separator: " ")
    return try Command(
      "unshare", ["--net", "sh", "-c", "exec \(command) < '\(input)'"], environment: environment
    ).run()
  }

  /// The kinds of the ledger's entries, in their order.
  func entries() throws -> [LedgerEntry] { try NodeLedger.read(state: state).entries() }

  /// Transactions that are under way.
  var open: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: transactions)) ?? []).filter { !$0.hasSuffix(".lock") }
  }
}
