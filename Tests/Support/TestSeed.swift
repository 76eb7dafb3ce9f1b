import Foundation

/// The seed of a randomised test.
///
/// Without `APT_GATE_SEED` it is the same each time, so that a change of the project fails by its own fault only;
/// `APT_GATE_SEED=random` draws one to search with, and a number repeats a run. It is printed in any case.
public enum TestSeed {
  public static func named(_ name: String) -> UInt64 {
    let given = ProcessInfo.processInfo.environment["APT_GATE_SEED"]
    let seed = given == "random" ? UInt64.random(in: .min ... .max) : given.flatMap(UInt64.init) ?? fixed(name)
    print("\(name): APT_GATE_SEED=\(seed)")
    return seed
  }

  /// FNV-1a of the name.
  private static func fixed(_ name: String) -> UInt64 {
    name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
