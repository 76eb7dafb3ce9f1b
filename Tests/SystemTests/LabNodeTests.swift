import Foundation
import Testing

/// `apt-gate check` on a Debian 12 node with real pending updates.
@Suite("a node with systemd and a kernel pending", LabRequirements.trait)
struct LabNodeTests {
  enum Debs: String, CaseIterable, CustomTestStringConvertible {
    case cached, absent
    var testDescription: String { "the new .debs are \(rawValue)" }

    /// The basis that evidence must have.
    var basis: String { self == .cached ? "candidate" : "installed" }
    /// What makes apt's archive cache look empty.
    var aptOptions: [String] { self == .cached ? [] : ["Dir::Cache::archives=/nonexistent/"] }
  }

  @Test("systemd restarts networkd and journald and re-executes", .timeLimit(.minutes(60)), arguments: Debs.allCases)
  func systemd(debs: Debs) async throws {
    let node = try await BookwormNode.load()
    let change = try await NodeCheck.of(node.tree, aptOptions: debs.aptOptions).change(of: "systemd")
    #expect(change.from == node.systemd.from)
    #expect(change.to == node.systemd.to)
    #expect(change.action == "upgrade")
    for unit in ["systemd-networkd.service", "systemd-journald.service"] {
      let restart = try #require(change.effects("restart", unit).first, "\(change.effects)")
      #expect(restart.certainty == "certain")
      #expect(restart.verb == "try-restart")
      try await expectEvidence(restart, debs, in: node, quotes: "try-restart \(unit)")
    }
    let reexec = try #require(change.effects("reexec").first, "\(change.effects)")
    #expect(reexec.certainty == "certain")
    try await expectEvidence(reexec, debs, in: node, quotes: "daemon-reexec")
    #expect(change.effects.filter { $0.unit == "systemd-networkd.socket" }.isEmpty)
    #expect(change.verdict != "allow")
  }

  @Test("a kernel shows its ABI and the reboot", .timeLimit(.minutes(60)), arguments: Debs.allCases)
  func kernel(debs: Debs) async throws {
    let node = try await BookwormNode.load()
    let check = try await NodeCheck.of(node.tree, aptOptions: debs.aptOptions)
    let change = try #require(check.changes.first { $0.binaries.contains { $0.name == node.newKernel } })
    #expect(change.binaries.contains { $0.name == node.newKernel && $0.action == "install" })
    let abi = String(node.newKernel.dropFirst("linux-image-".count))
    let kernels = change.effects("kernel")
    #expect(kernels.contains { $0.detail?.contains(abi) ?? false || $0.evidence.text?.contains(abi) ?? false })
    #expect(!change.effects("reboot").isEmpty, "\(change.effects)")
  }

  /// The evidence is the line of the real script that says so.
  private func expectEvidence(
    _ effect: NodeCheck.Effect, _ debs: Debs, in node: BookwormNode, quotes: String
  ) async throws {
    #expect(effect.evidence.basis == debs.basis)
    #expect(effect.evidence.file == "systemd.postinst")
    let line = try #require(effect.evidence.line)
    let script = try await postinst(debs, in: node)
    try #require(script.indices.contains(line - 1))
    #expect(script[line - 1].contains(quotes), "line \(line): \(script[line - 1])")
  }

  /// The lines of systemd's postinst: that of the new .deb, or the installed one.
  private func postinst(_ debs: Debs, in node: BookwormNode) async throws -> [Substring] {
    if debs == .absent {
      let path = node.tree.appending(path: "var/lib/dpkg/info/systemd.postinst")
      return try String(contentsOf: path, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    }
    let debs = CorpusPackage.debs(in: node.tree, named: ["systemd"]).filter { $0.package.version == node.systemd.to }
    let deb = try #require(debs.first)
    let script = try await LabCommand("dpkg-deb", "--info", deb.deb.path, "postinst").output()
    return script.split(separator: "\n", omittingEmptySubsequences: false)
  }
}
