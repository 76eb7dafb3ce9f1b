import Foundation
import Testing

/// On a node with its real network and its real update of systemd, the hook decides as `sync` did: what the ledger has of
/// the two is the same, word for word, and rests on no assumption. What only `sync` looks up for reports is left out.
@Suite("the hook's verdict", LabRequirements.trait, .serialized)
struct HookVerdictTests {
  @Test("is that of sync", .timeLimit(.minutes(20)))
  func isThatOfSync() async throws {
    let gated = try await GatedNode.boot()
    try gated.takeTime()
    #expect([0, 2].contains(try await gated.node.run("apt-gate", "sync", "--quiet").status))
    let upgrade = try await gated.node.run(
      "apt-get", "-y", "install", "systemd", "libsystemd-shared", "systemd-sysv", limit: 600)
    #expect(upgrade.status == 0, "\(upgrade.output)\(upgrade.errors)")
    let decisions = try await decisions(on: gated.node)
    #expect(decisions.count == 2)
    let (sync, hook) = (try #require(decisions.first), try #require(decisions.last))
    #expect(NSDictionary(dictionary: sync).isEqual(to: hook), "sync: \(sync)\nhook: \(hook)")
    #expect(hook["verdict"] as? String == "shield")
    let message = try #require(hook["message"] as? String)
    #expect(!message.contains("assumed"), "\(message)")
  }

  /// What the ledger has of decisions on systemd.
  private func decisions(on node: BootedNode) async throws -> [[String: Any]] {
    let listed = try await node.shell("apt-gate ledger list --json")
    let document = try JSONSerialization.jsonObject(with: Data(listed.utf8)) as? [String: Any]
    let entries = try #require(document?["entries"] as? [[String: Any]])
    return entries.filter { $0["kind"] as? String == "decision" }.compactMap { $0["body"] as? [String: Any] }
      .filter { ($0["change"] as? [String: Any])?["source"] as? String == "systemd" }.map(Self.decided)
  }

  /// Without the loss prediction, and without whether it is a security update: the hook is not told where it comes from.
  private static func decided(_ body: [String: Any]) -> [String: Any] {
    var body = body
    body["prediction"] = nil
    if var change = body["change"] as? [String: Any] {
      change["security"] = nil
      body["change"] = change
    }
    return body
  }
}
