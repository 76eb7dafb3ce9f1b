import AptSystem
import GateModel
import Testing

/// Compares the collector with apt's own commands on the machine that the tests run on.
@Suite(.enabled(if: RealMachine.hasLists, "this machine has no package lists: run `apt-get update`"))
struct RealMachineTests {
  let pending: PendingChanges

  init() throws {
    pending = try AptCollector().pending()
  }

  @Test func changesAreThoseOfDistUpgrade() throws {
    let ours = Set(pending.changes.flatMap(\.binaries).map(RealMachine.line))
    #expect(try ours.symmetricDifference(AptOutput.simulated()).sorted() == [])
  }

  @Test func upgradesAndKeptBackAreThoseOfAptList() throws {
    let upgrades = pending.changes.flatMap(\.binaries).filter { $0.action == .upgrade }.map(RealMachine.line)
    let kept = pending.keptBack.map { AptOutput.Line(name: $0.name, from: $0.from.text, to: $0.to.text) }
    let ours = Set(upgrades + kept).map { AptOutput.Line(name: RealMachine.bare($0.name), from: $0.from, to: $0.to) }
    #expect(try Set(ours).symmetricDifference(AptOutput.upgradable()).sorted() == [])
  }

  @Test func everyCandidateHasAnOriginAndASize() {
    for binary in pending.changes.flatMap(\.binaries) where binary.action != .remove {
      #expect(!binary.origins.isEmpty, "\(binary.name)")
      #expect(binary.downloadSize > 0, "\(binary.name)")
    }
  }

  @Test func repeatedCollectionGivesTheSame() throws {
    let collector = try AptCollector()
    #expect(try collector.pending() == pending)
    #expect(try collector.pending() == pending)
  }
}

enum RealMachine {
  static let native = (try? Command.output(["dpkg", "--print-architecture"]))?.split(separator: "\n").first ?? ""

  static var hasLists: Bool {
    guard let paths = try? AptCollector().nodePaths(),
      let listing = try? Command.output(["ls", paths.lists])
    else { return false }
    return listing.contains("_Packages")
  }

  /// apt-get qualifies names of foreign architectures only.
  static func line(_ binary: BinaryChange) -> AptOutput.Line {
    let isForeign = binary.architecture != native && binary.architecture != "all"
    return AptOutput.Line(
      name: isForeign ? "\(binary.name):\(binary.architecture)" : binary.name, from: binary.from?.text,
      to: binary.to?.text)
  }

  static func bare(_ name: String) -> String {
    String(name.prefix { $0 != ":" })
  }
}
