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

  init(_ matches: [ChangeMatch]) {
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
    var found = Set(any)
    sources.look(up: change.source, into: &found)
    for binary in change.binaries { binaries.look(up: binary.name, into: &found) }
    for unit in Set(effects.compactMap(\.unit)) { units.look(up: unit, into: &found) }
    for kind in Set(effects.map(\.kind)) { found.formUnion(kinds[kind] ?? []) }
    return found.sorted()
  }
}

/// Positions filed under the literal beginnings of globs.
private struct PrefixTable: Sendable {
  private var literals: [String: [Int]] = [:]
  private var prefixes: [[UInt8]: [Int]] = [:]
  /// The lengths that occur in `prefixes`, ascending.
  private var lengths: [Int] = []

  mutating func add(_ glob: Glob, _ position: Int) {
    if glob.isLiteral {
      literals[glob.pattern, default: []].append(position)
      return
    }
    prefixes[glob.prefix, default: []].append(position)
    if !lengths.contains(glob.prefix.count) { lengths = (lengths + [glob.prefix.count]).sorted() }
  }

  func look(up name: String, into found: inout Set<Int>) {
    if let positions = literals[name] { found.formUnion(positions) }
    guard !lengths.isEmpty else { return }
    let bytes = Array(name.utf8)
    for length in lengths where length <= bytes.count {
      if let positions = prefixes[Array(bytes[..<length])] { found.formUnion(positions) }
    }
  }
}
