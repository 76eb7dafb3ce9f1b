internal import GateModel
internal import TimeWindows

/// Facts made up so that every rule of some sets has something to say about them: each name, effect, time, age
/// and group that the sets mention, on its own and with the others' effects.
///
/// The grid is made from the sets alone, always in the same order. It is examples, not a proof. Where it would be too
/// large it is a sample: each match on its own comes first, and every one of them gets the same share.
public struct FactsGrid {
  /// More facts than this are not made.
  public static let largest = 20_000
  /// More pairs of matches than this are not tried.
  private static let mostPairs = 5_000

  private let matches: [ChangeMatch]
  private let moments: [Timestamp?]
  private let ages: [Duration?]
  private let nodes: [NodeFacts?]
  private let networks: [NetworkFacts?]

  init(_ sets: [PolicySet]) {
    let rules = sets.flatMap(\.rules)
    matches = Self.distinct(rules.map(\.match) + rules.flatMap(\.except) + sets.flatMap { $0.gates.map(\.match) })
    let windows = sets.flatMap(\.documents).flatMap(\.windows)
    moments = Self.moments(windows)
    let limits = Set(rules.compactMap(\.time.youngerThan)).sorted()
    ages = limits.isEmpty ? [.seconds(0)] : limits.flatMap { [$0 / 2, $0 * 2] } + [nil]
    let groups = Set(matches.flatMap(\.groups).map(\.example)).sorted()
    networks = rules.contains { $0.when?.text.contains("network") ?? false } ? Self.networks : [nil]
    nodes =
      groups.isEmpty ? [NodeFacts(name: "node")] : [nil] + [[], groups].map { NodeFacts(name: "node", groups: $0) }
  }

  /// Not known, nothing at risk, something at risk, and without networkd.
  private static let networks: [NetworkFacts?] = [
    nil, NetworkFacts(networkd: NetworkdFacts(running: true, version: "252")),
    NetworkFacts(
      networkd: NetworkdFacts(running: true, version: "252"), managedLinks: ["eth0"],
      atRisk: NetworkAtRisk(objects: [
        [
          "kind": "route", "dst": "198.18.0.0/24", "dev": "eth0", "table": "200", "protocol": "static",
          "why": "foreign",
        ],
        ["kind": "rule", "priority": "100", "table": "200", "protocol": "static", "why": "foreign"],
      ]), foreign: ForeignNetworkState(routes: 1, rules: 1)),
    NetworkFacts(networkd: NetworkdFacts(running: false)),
  ]

  /// A moment to begin with when no window gives one: a Wednesday noon.
  private static let noon = Timestamp(secondsSinceEpoch: 1_767_787_200)

  /// Inside and outside of each window.
  private static func moments(_ windows: [TimeWindow]) -> [Timestamp?] {
    var moments: Set<Timestamp> = [noon]
    for window in windows {
      let start = window.start(after: Timestamp(secondsSinceEpoch: 0)) ?? noon
      moments.insert(start)
      if let next = window.start(after: noon) { moments.insert(next) }
      if let end = window.end(after: start) { moments.insert(end) }
    }
    return moments.sorted() + (windows.isEmpty ? [] : [nil])
  }

  /// The facts of the grid, at most ``largest``, and how many there would be without bounds.
  func facts() -> (facts: [Facts], possible: Int) {
    let singles = Self.distinct(matches.flatMap(\.parts).compactMap { MatchWitness.facts([$0]) })
    let (pairs, untried) = pairs()
    let others = Self.distinct(pairs.filter { !singles.contains($0) })
    // Where both do not fit, matches on their own get three quarters of the room.
    let share = others.isEmpty ? Self.largest : Self.largest / 4 * 3
    let first = sample(of: singles, atMost: max(share, Self.largest - others.count * variations))
    let second = sample(of: others, atMost: Self.largest - first.count)
    return (first + second, (singles.count + others.count + untried) * variations)
  }

  /// Facts that two matches are about, and how many pairs were not tried. The tried ones lie spread over all.
  private func pairs() -> (facts: [Facts], untried: Int) {
    let count = matches.count * (matches.count - 1) / 2
    let step = max(1, (count + Self.mostPairs - 1) / Self.mostPairs)
    var result: [Facts] = []
    var number = 0
    for first in matches.indices {
      for second in matches.indices.dropFirst(first + 1) {
        if number % step == 0, let both = MatchWitness.facts([matches[first], matches[second]]) { result.append(both) }
        number += 1
      }
    }
    return (result, count - (count + step - 1) / step)
  }

  /// How many variations of one base there are.
  private var variations: Int { 4 * moments.count * ages.count * nodes.count * networks.count }

  /// As many variations of each base as fit, the same number of each; of bases that do not fit at all, some from
  /// everywhere. Which variations differs from base to base.
  private func sample(of bases: [Facts], atMost room: Int) -> [Facts] {
    guard !bases.isEmpty, room > 0 else { return [] }
    let each = min(variations, max(1, room / bases.count))
    let step = max(1, (bases.count + room - 1) / room)
    let stride = Self.stride(variations)
    return Swift.stride(from: 0, to: bases.count, by: step).flatMap { number in
      (0..<each).map { variation((number + $0 * stride) % variations, of: bases[number]) }
    }
  }

  /// A step that visits all of `count` positions before one comes again, and lays the first few of them far apart: close
  /// to the golden section, and without a divisor in common with `count`.
  private static func stride(_ count: Int) -> Int {
    var step = max(1, count * 618 / 1000)
    while greatestDivisor(step, count) > 1 { step += 1 }
    return step
  }

  private static func greatestDivisor(_ left: Int, _ right: Int) -> Int {
    right == 0 ? left : greatestDivisor(right, left % right)
  }

  /// The variation of that number: its digits say which of each is taken.
  private func variation(_ number: Int, of base: Facts) -> Facts {
    var rest = number
    func digit(_ count: Int) -> Int {
      defer { rest /= count }
      return rest % count
    }
    let security = base.with(security: digit(2) == 0)
    let facts = digit(2) == 0 ? security : security.withUnknownEffect
    let (now, age, node) = (moments[digit(moments.count)], ages[digit(ages.count)], nodes[digit(nodes.count)])
    return facts.at(now, age: age, node: node).with(network: networks[digit(networks.count)])
  }

  private static func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
    var seen: Set<Value> = []
    return values.filter { seen.insert($0).inserted }
  }
}
