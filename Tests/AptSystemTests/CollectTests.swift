import AptSystem
import GateModel
import Testing

/// What the collector makes of small roots; each is also compared with `apt-get -s dist-upgrade` on the same root.
@Suite struct CollectTests {
  @Test func upgradeWithItsSizesAndOrigin() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0")])
    try root.repository([Stanza("tool", "2.0", ["Installed-Size": "20"])])
    let pending = try collect(root)
    let change = try #require(pending.changes.first)
    #expect(pending.changes.count == 1 && pending.keptBack.isEmpty)
    #expect(change.source == "tool" && change.action == .upgrade)
    #expect(change.from == PackageVersion("1.0") && change.to == PackageVersion("2.0"))
    let binary = try #require(change.binaries.first)
    #expect(binary.downloadSize == 1000 && binary.installedSizeDelta == 10240)
    #expect(
      binary.origins == [
        Origin(origin: "Debian", label: "Debian", suite: "stable", codename: "bookworm", component: "main", site: "")
      ])
    #expect(!binary.isSecurity && binary.phasing == nil)
  }

  @Test func newInstallThroughADependency() throws {
    let root = try TestRoot()
    try root.install([Stanza("linux-image-amd64", "6.1.1", ["Depends": "linux-image-6.1.0-1"]), kernel("1")])
    try root.repository([Stanza("linux-image-amd64", "6.1.2", ["Depends": "linux-image-6.1.0-2"]), kernel("2")])
    let pending = try collect(root)
    #expect(pending.changes.map(\.source) == ["linux-image-6.1.0-2", "linux-image-amd64"])
    #expect(pending.changes.map(\.action) == [.install, .upgrade])
    #expect(pending.changes.first?.from == nil)
  }

  @Test func removalThroughConflicts() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0", ["Priority": "required", "Essential": "yes"]), Stanza("old", "1.0")])
    try root.repository([
      Stanza("tool", "2.0", ["Priority": "required", "Essential": "yes", "Conflicts": "old"])
    ])
    let pending = try collect(root)
    #expect(pending.changes.map(\.action) == [.remove, .upgrade])
    let removal = try #require(pending.changes.first)
    #expect(removal.source == "old" && removal.to == nil && removal.from == PackageVersion("1.0"))
    #expect(removal.binaries.first?.installedSizeDelta == -10240)
    #expect(removal.binaries.first?.origins == [])
  }

  @Test func downgradeThroughAPin() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "2.0")])
    try root.repository([Stanza("tool", "1.0")])
    try root.write("etc/apt/preferences.d/tool", "Package: tool\nPin: version 1.0\nPin-Priority: 1001\n")
    let change = try #require(try collect(root).changes.first)
    #expect(change.action == .downgrade)
    #expect(change.from == PackageVersion("2.0") && change.to == PackageVersion("1.0"))
  }

  @Test func foreignArchitectureIsPartOfTheSameChange() throws {
    let root = try TestRoot(architectures: ["amd64", "i386"])
    let same: KeyValuePairs = ["Multi-Arch": "same", "Source": "lib"]
    try root.install([Stanza("lib1", "1.0", same), Stanza("lib1", "1.0", architecture: "i386", same)])
    try root.repository([Stanza("lib1", "1.1", same), Stanza("lib1", "1.1", architecture: "i386", same)])
    let pending = try collect(root)
    #expect(pending.changes.map(\.source) == ["lib"])
    #expect(pending.changes.first?.binaries.map(\.architecture) == ["amd64", "i386"])
  }

  @Test func binaryOnlyRebuildKeepsItsSource() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool-bin", "1.0", ["Source": "tool"]), Stanza("tool-doc", "1.0", ["Source": "tool"])])
    try root.repository([
      Stanza("tool-bin", "1.0+b1", ["Source": "tool (1.0)"]), Stanza("tool-doc", "1.0", ["Source": "tool"]),
    ])
    let pending = try collect(root)
    #expect(pending.changes.map(\.source) == ["tool"])
    #expect(pending.changes.first?.binaries.map(\.name) == ["tool-bin"])
    #expect(pending.changes.first?.to == PackageVersion("1.0+b1"))
  }

  @Test func binariesOfOneSourceAtDifferentVersionsAreOneChange() throws {
    let root = try TestRoot()
    try root.install([Stanza("a-tool", "7.0", ["Source": "tool (1.0)"]), Stanza("tool", "1.0")])
    try root.repository([Stanza("a-tool", "8.0", ["Source": "tool (2.0)"]), Stanza("tool", "2.0")])
    let pending = try collect(root)
    #expect(pending.changes.count == 1)
    #expect(pending.changes.first?.to == PackageVersion("2.0"))
    #expect(pending.changes.first?.binaries.map(\.to) == [PackageVersion("8.0"), PackageVersion("2.0")])
  }

  @Test func severalOriginsOfOneVersion() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0")])
    try root.repository([Stanza("tool", "2.0")])
    try root.repository([Stanza("tool", "2.0")], TestRoot.securityRelease)
    let change = try #require(try collect(root).changes.first)
    #expect(Set(change.origins.map(\.suite)) == ["stable", "stable-security"])
    #expect(change.isSecurity)
  }

  @Test func versionInBetweenFromASecurityPocketCounts() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0"), Stanza("other", "2.0")])
    try root.repository([Stanza("tool", "3.0"), Stanza("other", "3.0")])
    try root.repository([Stanza("tool", "2.0"), Stanza("other", "1.0")], TestRoot.securityRelease)
    let changes = try collect(root).changes
    #expect(changes.map(\.source) == ["other", "tool"])
    #expect(changes.map(\.isSecurity) == [false, true])
  }

  @Test func nothingPendingIsNoError() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0")])
    try root.repository([Stanza("tool", "1.0")])
    #expect(try collect(root).changes.isEmpty)
  }

  /// apt installs another build of the version that is installed, and so would the collector say.
  @Test func anotherBuildOfTheSameVersion() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0")])
    try root.repository([Stanza("tool", "1.0", ["Depends": "other"]), Stanza("other", "1.0")])
    let change = try #require(try collect(root).changes.last)
    #expect(change.source == "tool" && change.action == .upgrade && change.from == change.to)
  }

  private func kernel(_ abi: String) -> Stanza { Stanza("linux-image-6.1.0-\(abi)", "6.1.\(abi)") }
}

extension TestRoot {
  static let securityRelease = Release(
    label: "Debian-Security", suite: "stable-security", codename: "bookworm-security")
}

/// Updates the lists of `root`, collects, and checks the result against apt-get's own simulation.
func collect(_ root: TestRoot, _ more: [AptOption] = []) throws -> PendingChanges {
  try root.update()
  let pending = try root.collector(more).pending()
  let ours = Set(pending.changes.flatMap(\.binaries).map(RealMachine.line))
  let words = root.words + more.flatMap { ["-o", "\($0.key)=\($0.value)"] }
  #expect(try ours == AptOutput.simulated(words))
  return pending
}
