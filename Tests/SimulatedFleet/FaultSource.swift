import TestSupport

/// What goes wrong, and how long things take: drawn from the seed, until the calm begins.
struct FaultSource {
  var seed: Seed
  var isCalm = false

  init(_ seed: Seed) { self.seed = seed }

  /// True with a chance of so many in a million; never once it is calm.
  mutating func happens(_ chance: Int) -> Bool {
    let drawn = seed.below(1_000_000)
    return !isCalm && drawn < chance
  }

  mutating func below(_ limit: Int) -> Int { seed.below(limit) }

  /// Milliseconds of half a call to the store; now and then long enough for others to get in between.
  var storeLatency: Int64 {
    mutating get { seed.below(10) == 0 ? Int64(seed.below(5000)) : Int64(seed.below(20)) }
  }

  /// Milliseconds of one way over the network.
  var networkLatency: Int64 {
    mutating get { Int64(1 + seed.below(200)) }
  }

  /// About `mean`, from a tenth to twice of it.
  mutating func around(_ mean: Int64) -> Int64 { mean / 10 + Int64(seed.below(Int(mean * 19 / 10))) }
}
