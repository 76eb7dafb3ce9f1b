import Foundation
import Testing

/// On Debian 13 every update of libc6 re-executes the manager, through a trigger that systemd is interested in.
@Suite("a Debian 13 node with libc6 pending", LabRequirements.trait)
struct TrixieTriggerTests {
  /// The archive serves one version of libc6. So the pending update is made by lowering the installed version's text in
  /// a copy of dpkg's database: everything else, the candidate .deb too, is real.
  @Test("libc6 re-executes the manager and restarts networkd by trigger", .timeLimit(.minutes(60)))
  func libc() async throws {
    let packages = ["systemd", "systemd-sysv", "dbus", "udev"]
    let tree = try await LabTrees.shared.folder(of: LabTree(name: "trixie-node", suite: "trixie", packages: packages))
    _ = try await LabCommand(LabFolder.script("fetch-debs"), tree.path, "libc6").output()
    let database = try Self.databaseWithOlder("libc6", of: tree)
    defer { try? FileManager.default.removeItem(at: database) }

    let check = try await NodeCheck.of(tree, aptOptions: ["Dir::State::status=\(database.path)/status"])
    let change = try check.change(of: "glibc")
    #expect(change.binaries.contains { $0.name == "libc6" && $0.action == "upgrade" })
    #expect(change.effects("trigger").contains { "\($0)".contains("libc-upgrade") }, "\(change.effects)")
    let reexec = change.effects("reexec").filter { $0.evidence.file == "systemd.postinst" }
    #expect(!reexec.isEmpty, "\(change.effects)")
    for unit in ["systemd-networkd.service", "systemd-journald.service"] {
      let restarts = change.effects("restart", unit).filter { $0.verb == "try-restart" }
      #expect(restarts.contains { $0.evidence.file == "systemd.postinst" }, "\(unit): \(change.effects)")
    }
  }

  /// A copy of dpkg's database in which `package` has a version just before the one it has.
  private static func databaseWithOlder(_ package: String, of tree: URL) throws -> URL {
    let copy = FileManager.default.temporaryDirectory.appending(path: "apt-gate-lab-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: tree.appending(path: "var/lib/dpkg"), to: copy)
    let status = copy.appending(path: "status")
    var records = try String(contentsOf: status, encoding: .utf8).components(separatedBy: "\n\n")
    for index in records.indices where records[index].hasPrefix("Package: \(package)\n") {
      let lines = records[index].components(separatedBy: "\n")
      records[index] = lines.map { $0.hasPrefix("Version: ") ? $0 + "~" : $0 }.joined(separator: "\n")
    }
    try records.joined(separator: "\n\n").write(to: status, atomically: true, encoding: .utf8)
    return copy
  }
}
