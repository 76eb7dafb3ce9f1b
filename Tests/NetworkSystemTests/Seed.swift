import TestSupport

/// A generator whose seed is printed, so that a failure can be run again with `APT_GATE_SEED=...`.
struct Seed: RandomNumberGenerator {
  private var state: UInt64

  init(_ name: String) {
    state = TestSeed.named(name)
  }

  init(value: UInt64) { state = value }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func number<T: FixedWidthInteger>() -> T { T(truncatingIfNeeded: next()) }
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in number() } }
}
