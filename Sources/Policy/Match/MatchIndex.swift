internal import GateModel

/// Finds, for a change, the few matches of a large set that can be about it.
///
/// Each match is filed under the most telling part it has: the literal beginnings of its source names, of its
/// binary names or of its effects' units, else the kinds of its effects, else under "any change". Nothing that
/// matches is ever left out.
struct MatchIndex: Sendable {
  private var sources = PrefixTable()
  private var binaries = PrefixTable()
  private var units = PrefixTable()
  private var kinds: [EffectKind: [Int]] = [:]
  private var any: [Int] = []
  private let count: Int

  init(_ matches: [ChangeMatch]) {
    count = matches.count
    for (position, match) in matches.enumerated() { file(match, position) }
  }

  private mutating func file(_ match: ChangeMatch, _ position: Int) {
    if Self.areTelling(match.sources) {
      for glob in match.sources { sources.add(glob, position) }
    } else if Self.areTelling(match.binaries) {
      for glob in match.binaries { binaries.add(glob, position) }
    } else if !match.effects.isEmpty, match.effects.allSatisfy({ Self.areTelling($0.units) }) {
      for glob in match.effects.flatMap(\.units) { units.add(glob, position) }
    } else if !match.effects.isEmpty, match.effects.allSatisfy({ !$0.kinds.isEmpty }) {
      for kind in Set(match.effects.flatMap(\.kinds)) { kinds[kind, default: []].append(position) }
    } else {
      any.append(position)
    }
  }

  /// Whether every name that one of `globs` matches begins with something they say.
  private static func areTelling(_ globs: [Glob]) -> Bool {
    !globs.isEmpty && globs.allSatisfy { !$0.prefix.isEmpty }
  }

  /// Positions, ascending and without repeats, of the matches that can be about the change.
  func candidates(_ change: Change, _ effects: [Effect]) -> [Int] {
    var found = PositionSet(count: count)
    found.insert(any)
    sources.look(up: change.source, into: &found)
    for binary in change.binaries { binaries.look(up: binary.name, into: &found) }
    for effect in effects {
      if let unit = effect.unit { units.look(up: unit, into: &found) }
      if let positions = kinds[effect.kind] { found.insert(positions) }
    }
    return found.sorted
  }
}

/// Positions below a bound, one bit each.
private struct PositionSet {
  private var words: [UInt64]

  init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

  mutating func insert(_ positions: [Int]) {
    for position in positions { words[position / 64] |= 1 << UInt64(position % 64) }
  }

  var sorted: [Int] {
    var result: [Int] = []
    for (number, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        result.append(number * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    return result
  }
}

/// Positions filed under the literal beginnings of globs. Texts are known by a hash of their bytes, worked out while a
/// name is read once: two texts with the same hash only mean a candidate too many, which its match then refuses.
private struct PrefixTable: Sendable {
  private var literals: [UInt64: [Int]] = [:]
  private var prefixes: [UInt64: [Int]] = [:]
  /// The lengths that occur in `prefixes`, ascending.
  private var lengths: [Int] = []

  mutating func add(_ glob: Glob, _ position: Int) {
    let hash = glob.prefix.reduce(Self.seed, Self.mix)
    if glob.isLiteral {
      literals[hash, default: []].append(position)
      return
    }
    prefixes[hash, default: []].append(position)
    if !lengths.contains(glob.prefix.count) { lengths = (lengths + [glob.prefix.count]).sorted() }
  }

  func look(up name: String, into found: inout PositionSet) {
    guard !literals.isEmpty || !prefixes.isEmpty else { return }
    var hash = Self.seed
    var length = 0
    var next = 0
    for byte in name.utf8 {
      hash = Self.mix(hash, byte)
      length += 1
      guard next < lengths.count, lengths[next] == length else { continue }
      if let positions = prefixes[hash] { found.insert(positions) }
      next += 1
    }
    if let positions = literals[hash] { found.insert(positions) }
  }

  /// FNV-1a: the offset basis, and one step.
  private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325
  private static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
}
