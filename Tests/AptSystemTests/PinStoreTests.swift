import AptSystem
import Foundation
import GateModel
import Testing

/// Pins in force: what apt itself makes of the file.
@Suite struct PinStoreTests {
  private static let hold = PinFileTests.hold("netplan.io", "2.0", message: "held by a test")

  private func root() throws -> TestRoot {
    let root = try TestRoot(architectures: ["amd64", "i386"])
    let library = Stanza("libnetplan0", "1.0", ["Source": "netplan.io", "Multi-Arch": "same"])
    let foreign = Stanza("libnetplan0", "1.0", architecture: "i386", ["Source": "netplan.io", "Multi-Arch": "same"])
    try root.install([Stanza("netplan.io", "1.0"), library, foreign, Stanza("tool", "1.0")])
    try root.repository([
      Stanza("netplan.io", "2.0"), Stanza("tool", "2.0"),
      Stanza("libnetplan0", "2.0", ["Source": "netplan.io", "Multi-Arch": "same"]),
      Stanza("libnetplan0", "2.0", architecture: "i386", ["Source": "netplan.io", "Multi-Arch": "same"]),
    ])
    try root.update()
    return root
  }

  private func upgraded(_ root: TestRoot) throws -> [String] {
    try AptOutput.simulated(root.words).map(\.name).sorted()
  }

  @Test func aptPassesOverAllBinariesOfTheSourceAndTheRestUpgrades() throws {
    let root = try root()
    let store = try PinStore(collector: root.collector())
    #expect(try upgraded(root) == ["libnetplan0", "libnetplan0:i386", "netplan.io", "tool"])
    #expect(try store.enact(PinFile(holds: [Self.hold])))
    #expect(store.path == "\(root.path)/etc/apt/preferences.d/90apt-gate.pref")
    #expect(try upgraded(root) == ["tool"])
    let policy = try Command.output(["apt-cache"] + root.words + ["policy", "netplan.io"])
    #expect(policy.contains("Candidate: 1.0"))
    #expect(policy.contains("2.0 -1"))
    #expect(try store.read().holds == PinFile(holds: [Self.hold]).holds)
    #expect(try !store.enact(PinFile(holds: [Self.hold])), "the same file is not written twice")
    #expect(try store.enact(.empty))
    #expect(try !store.enact(.empty))
    #expect(!FileManager.default.fileExists(atPath: store.path))
    #expect(try upgraded(root).count == 4)
  }

  /// Decisions are about everything that is pending: what is held already must not look as if it were not there.
  @Test func ownPinsDoNotHideWhatIsPending() throws {
    let root = try root()
    let collector = try root.collector()
    let before = try collector.pending()
    try PinStore(collector: collector).enact(PinFile(holds: [Self.hold]))
    #expect(try collector.pending() == before)
    #expect(try collector.pending(under: [Self.hold]).changes.map(\.source) == ["tool"])
    #expect(try collector.pending(under: []) == before)
  }

  /// A plan under pins must be what apt then does, other files of preferences before and after ours among it.
  @Test func aPlanUnderPinsIsWhatAptDoes() throws {
    let root = try root()
    try root.write("etc/apt/preferences", "Package: *\nPin: release o=Nobody\nPin-Priority: 1\n")
    try root.write("etc/apt/preferences.d/10first", "Package: netplan.io\nPin: version 2.0\nPin-Priority: 700\n")
    try root.write("etc/apt/preferences.d/99last.pref", "Package: libnetplan0\nPin: version 2.0\nPin-Priority: 990\n")
    try root.write("etc/apt/preferences.d/ignored.bak", "Package: tool\nPin: version 2.0\nPin-Priority: -1\n")
    let collector = try root.collector()
    let planned = try collector.pending(under: [Self.hold])
    try PinStore(collector: collector).enact(PinFile(holds: [Self.hold]))
    #expect(try upgraded(root) == ["netplan.io", "tool"], "the administrator's earlier pin wins")
    #expect(planned.changes.flatMap(\.binaries).map(\.name).sorted() == ["netplan.io", "tool"])
  }

  @Test func keptPackagesAreNeitherUpgradedNorRemoved() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0"), Stanza("old", "1.0"), Stanza("other", "1.0")])
    try root.repository([Stanza("tool", "2.0", ["Breaks": "old (<< 2)"]), Stanza("old", "2.0"), Stanza("other", "2.0")])
    try root.update()
    let collector = try root.collector()
    let pinned = [PinFileTests.hold("old", "2.0")]
    let forced = try collector.pending(under: pinned)
    #expect(forced.changes.filter { $0.action == .remove }.map(\.source) == ["old"], "else this test shows nothing")
    let kept = try collector.pending(under: pinned, keeping: [BinaryPackage(name: "old", architecture: "amd64")])
    #expect(kept.changes.map(\.source) == ["other"])
  }

  /// A pin that libapt does not follow is never put in place, and what was there stays.
  @Test func pinsThatNameNothingAreRefused() throws {
    let root = try root()
    let store = try PinStore(collector: root.collector())
    try store.enact(PinFile(holds: [Self.hold]))
    #expect(throws: AptSystemError.self) { try store.enact(PinFile(holds: [PinFileTests.hold("netplan.io", "3.0")])) }
    #expect(try store.read().pins == Self.hold.pins)
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.folder).sorted() == ["90apt-gate.pref"])
  }

  /// A file that is left over from a run that was killed disturbs neither apt nor the next run.
  @Test func leftoversAreSilent() throws {
    let root = try root()
    let store = try PinStore(collector: root.collector())
    try root.write("etc/apt/preferences.d/.90apt-gate.pref.dpkg-new", "Package: *\nrubbish")
    let outcome = try Command.run(["apt-get"] + root.words + ["-s", "dist-upgrade"])
    #expect(outcome.status == 0 && outcome.errors == "")
    try store.enact(PinFile(holds: [Self.hold]))
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.folder) == ["90apt-gate.pref"])
  }
}
