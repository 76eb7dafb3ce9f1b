/// A generator that a seed brings back. Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators"
/// (2014): SplitMix64.
public struct Seed: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The seed of the randomised test of this name; printed.
  public init(_ name: String) { state = TestSeed.named(name) }

  public init(value: UInt64) { state = value }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  public mutating func number<T: FixedWidthInteger>() -> T { T(truncatingIfNeeded: next()) }
  public mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
  public mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in number() } }
}
