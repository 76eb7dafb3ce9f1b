import Foundation
import Testing

/// apt-gate's own package: what it leaves, whether apt works at each point, and whether it stands in its own way.
@Suite("the package", LabRequirements.trait, .serialized)
struct PackageTests {
  private static let newer = GatePackage.path
  private static let older = "/root/older/apt-gate-0.0~lab1.deb"
  private static let makeOlder =
    "version=$(dpkg-deb -f \(newer) Version)\n"
    + LocalRepository.repack(newer, from: "'$version'", to: "0.0~lab1", into: "/root/older")

  @Test("installs, upgrades, is removed and purged where no systemd runs", .timeLimit(.minutes(15)))
  func lifeInATree() async throws {
    let tree = try await LabTrees.shared.folder(
      of: LabTree(name: "package", suite: "bookworm", packages: ["libre2-9", "libsqlite3-0"]))
    try await place(in: tree)
    let outcome = try await LabCommand(
      LabFolder.script("enter"), "--limit", "600", tree.path, "sh", "-ec",
      "\(Self.makeOlder)\nexec /root/package-life \(Self.older) \(Self.newer)"
    ).outcome()
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("nothing is left of"), "\(outcome.output)")
  }

  /// Puts the package, the script and what a program that is not built for use needs into a tree.
  private func place(in tree: URL) async throws {
    let root = tree.appending(path: "root")
    for (file, name) in [
      (try await GatePackage.built(), "apt-gate.deb"),
      (URL(filePath: LabFolder.script("package-life")), "package-life"),
    ] {
      let target = root.appending(path: name)
      try? FileManager.default.removeItem(at: target)
      try FileManager.default.copyItem(at: file, to: target)
    }
    for (file, path) in try await LabFolder.swiftLibraries() {
      let target = tree.appending(path: path)
      try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try? FileManager.default.removeItem(at: target)
      try FileManager.default.copyItem(at: file, to: target)
    }
  }

  @Test("installs, upgrades, is removed and purged on a running node", .timeLimit(.minutes(15)))
  func lifeOnANode() async throws {
    let node = try await BootedNode.boot()
    try await GatedNode.bePatient(with: node)
    try await node.copySwiftLibraries()
    try node.copy(try await GatePackage.built(), to: Self.newer)
    try node.copy(URL(filePath: LabFolder.script("package-life")), to: "/root/package-life")
    let outcome = try await node.run(
      "sh", "-ec", "\(Self.makeOlder)\nexec /root/package-life \(Self.older) \(Self.newer)", limit: 600)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("nothing is left of"), "\(outcome.output)")
    #expect(try await node.run("systemctl", "is-active", "apt-gate-sweep.service").output.contains("inactive"))
  }

  @Test("its units are hardened", .timeLimit(.minutes(10)))
  func hardened() async throws {
    let node = try await GatedNode.boot().node
    let units = try await node.shell("dpkg -L apt-gate | grep -E '/systemd/system/[^/]*\\.(service|socket|timer)$'")
      .split(separator: "\n").map { URL(filePath: String($0)).lastPathComponent }
    #expect(units.contains("apt-gate-sweep.service"))
    for unit in units where unit.hasSuffix(".service") {
      // Exposure is told in tenths here: systemd-analyze(1), `--threshold=`.
      let outcome = try await node.run("systemd-analyze", "security", "--no-pager", "--threshold=30", unit)
      let verdict = outcome.output.split(separator: "\n").last ?? ""
      print("\(unit): \(verdict)")
      #expect(outcome.status == 0 && verdict.contains("Overall exposure level"), "\(outcome.output)\(outcome.errors)")
      // One with a timer is started by that.
      let timer = unit.replacingOccurrences(of: ".service", with: ".timer")
      let enabled = units.contains(timer) ? timer : unit
      #expect(try await node.shell("systemctl is-enabled \(enabled)") == "enabled\n")
    }
    // Hardened, it must still do its work.
    try await node.shell("systemctl start apt-gate-sweep.service")
    #expect(try await node.shell("systemctl show -P Result apt-gate-sweep.service") == "success\n")
    try await node.shell("systemctl start apt-gate-check-in.service")
  }

  @Test("is never held by itself", .timeLimit(.minutes(15)))
  func ownUpdate() async throws {
    let gated = try await GatedNode.boot()
    let node = gated.node
    let version = try await gated.version(of: "apt-gate")
    try node.write("/etc/apt-gate/policies/nothing/policy.yaml", Self.holdEverything)
    let repository = LocalRepository(node: node)
    try await repository.add("lab-tool", "1.0")
    try await node.shell("dpkg -i /srv/lab/lab-tool_1.0_all.deb")
    try await repository.add("lab-tool", "1.1")
    try await repository.add(copyOf: Self.newer, from: version, to: version + "+lab1")
    let held = try await node.run("apt-gate", "held")
    #expect(held.output.contains("lab-tool") && !held.output.contains("apt-gate  "), "\(held.output)")
    let outcome = try await node.run("unattended-upgrade", "-v", limit: 600)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(try await gated.version(of: "apt-gate") == version + "+lab1", "\(outcome.output)\(outcome.errors)")
    #expect(try await gated.version(of: "lab-tool") == "1.0")
    #expect(try await node.run("apt-gate", "ledger", "verify").status == 0)
  }

  private static let holdEverything = """
    apiVersion: apt-gate/v1
    name: nothing
    gated: [{source: "*"}]
    rules:
      - id: nothing-at-all
        match: {source: "*"}
        effect: {hold: {maximum: 30d, escalate: ["@security"]}}
        message: nothing may change

    """

  @Test("observes: decides and records, and changes nothing in apt", .timeLimit(.minutes(15)))
  func observe() async throws {
    let gated = try await GatedNode.boot()
    let node = gated.node
    try node.write("/etc/apt-gate/apt-gate.yaml", "apiVersion: apt-gate/v1\nmode: observe\n")
    try node.write("/etc/apt-gate/policies/nothing/policy.yaml", Self.holdEverything)
    let repository = LocalRepository(node: node)
    try await repository.add("lab-tool", "1.0")
    try await node.shell("dpkg -i /srv/lab/lab-tool_1.0_all.deb")
    try await repository.add("lab-tool", "1.1")
    let sync = try await node.run("apt-gate", "sync")
    #expect(sync.output.contains("nothing-at-all") || sync.output.contains("lab-tool"), "\(sync.output)")
    #expect(try await node.run("test", "-e", "/etc/apt/preferences.d/90apt-gate.pref").status != 0)
    let outcome = try await node.run(
      "sh", "-c", "apt-get -y install lab-tool systemd libsystemd-shared systemd-sysv 2>&1")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(try await gated.version(of: "lab-tool") == "1.1")
    #expect(try await gated.leftovers() == "")
    let entries = try await node.shell("apt-gate ledger list --source lab-tool --json")
    #expect(entries.contains("nothing-at-all"), "\(entries)")
    #expect(try await node.run("apt-gate", "ledger", "verify").status == 0)
  }

  @Test("reads only policies and configuration that are root's alone", .timeLimit(.minutes(15)))
  func trust() async throws {
    let gated = try await GatedNode.boot()
    let node = gated.node
    #expect(try await node.shell("stat -c %a:%u /var/lib/apt-gate /var/lib/apt-gate/ledger") == "700:0\n700:0\n")
    #expect(try await node.shell("stat -c %a:%u /var/lib/apt-gate/ledger/node.key") == "600:0\n")
    for (path, spoil, mend) in [
      ("/etc/apt-gate/apt-gate.yaml", "chmod o+w", "chmod o-w"),
      ("/etc/apt-gate/apt-gate.yaml", "chown 1:1", "chown 0:0"),
      ("/usr/share/apt-gate/policies/kernel/policy.yaml", "chmod g+w", "chmod g-w"),
      ("/usr/share/apt-gate/policies/kernel", "chown 1:1", "chown 0:0"),
    ] {
      try await node.shell("\(spoil) \(path)")
      let outcome = try await node.run("apt-gate", "sync", "--quiet")
      #expect([1, 4].contains(outcome.status), "\(spoil) \(path): \(outcome)")
      #expect(outcome.errors.contains("`\(path)` is not used"), "\(spoil) \(path): \(outcome.errors)")
      try await node.shell("\(mend) \(path)")
    }
    #expect([0, 2].contains(try await node.run("apt-gate", "sync", "--quiet").status))
  }
}
