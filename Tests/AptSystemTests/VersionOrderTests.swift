import AptSystem
import GateModel
import TestSupport
import Testing

/// The model's order of versions against libapt's.
@Suite struct VersionOrderTests {
  @Test(.enabled(if: RealMachine.hasLists, "this machine has no package lists: run `apt-get update`"))
  func orderOfAllVersionsInTheLists() throws {
    let collector = try AptCollector()
    let versions = try collector.knownVersions()
    #expect(versions.count > 1000)
    var pairs: [(String, String)] = []
    for (index, version) in versions.enumerated() {
      for distance in [1, 7, 101] { pairs.append((version, versions[(index + distance) % versions.count])) }
    }
    try expectSameOrder(pairs, collector)
  }

  @Test func orderOfRandomStrings() throws {
    let seed = TestSeed.named("version order")
    print("VersionOrderTests seed \(seed)")
    var generator = Seed(value: seed)
    let pairs = (0..<50000).map { _ in
      let left = Self.random(&generator)
      return (left, Bool.random(using: &generator) ? Self.random(&generator) : Self.mutated(left, &generator))
    }
    try expectSameOrder(pairs, AptCollector())
  }

  private func expectSameOrder(_ pairs: [(String, String)], _ collector: AptCollector) throws {
    let truth = try collector.orders(of: pairs.map { (PackageVersion($0), PackageVersion($1)) })
    var differences: [String] = []
    for ((left, right), expected) in zip(pairs, truth) {
      let ours = PackageVersion(left).order(relativeTo: PackageVersion(right))
      if ours != expected { differences.append("\(left) \(right): \(ours), libapt \(expected)") }
    }
    #expect(differences.prefix(20) == [])
  }

  /// A version as Debian Policy 5.6.12 allows it, of an alphabet small enough for near misses.
  private static func random(_ generator: inout Seed) -> String {
    let alphabet = Array("0019aZ.+~")
    let part = { (generator: inout Seed) in
      String(
        (0..<Int.random(in: 0...5, using: &generator)).map { _ in alphabet.randomElement(using: &generator) ?? "0" })
    }
    let epoch = Int.random(in: 0...5, using: &generator) == 0 ? "\(Int.random(in: 0...2, using: &generator)):" : ""
    let revision = Bool.random(using: &generator) ? "-1\(part(&generator))" : ""
    return "\(epoch)1\(part(&generator))\(revision)"
  }

  private static func mutated(_ version: String, _ generator: inout Seed) -> String {
    var characters = Array(version)
    characters.insert(Array("09a.~+").randomElement(using: &generator) ?? "0", at: characters.count)
    return String(characters)
  }
}
