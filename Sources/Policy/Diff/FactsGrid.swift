internal import GateModel

/// Facts made up so that every rule of some sets has something to say about them: each name, effect, time, age
/// and group that the sets mention, on its own and with the others' effects.
///
/// The grid is made from the sets alone, always in the same order. It is examples, not a proof.
struct FactsGrid {
  /// More facts than this are not made.
  static let largest = 20_000

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
    nil, NetworkFacts(managers: ["systemd-networkd"], networkdRunning: true, networkdVersion: "252"),
    NetworkFacts(
      managers: ["systemd-networkd"], networkdRunning: true, networkdVersion: "252", managedLinks: ["eth0"],
      lost: LostNetworkState(
        routes: [["dst": "198.18.0.0/24", "dev": "eth0", "table": "200", "protocol": "static", "why": "foreign"]],
        rules: [["priority": "100", "table": "200", "protocol": "static", "why": "foreign"]])),
    NetworkFacts(managers: ["ifupdown"], networkdRunning: false),
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

  /// All facts of the grid, at most ``largest``.
  func facts() -> [Facts] {
    var result: [Facts] = []
    for base in bases() {
      for facts in variations(of: base) {
        guard result.count < Self.largest else { return result }
        result.append(facts)
      }
    }
    return result
  }

  /// Each match alone with each of its values, then each pair of matches.
  private func bases() -> [Facts] {
    let single = matches.flatMap(\.parts)
    var bases = single.compactMap { MatchWitness.facts([$0]) }
    for (position, first) in matches.enumerated() {
      for second in matches[(position + 1)...] where bases.count < Self.largest {
        if let both = MatchWitness.facts([first, second]) { bases.append(both) }
      }
    }
    return Self.distinct(bases)
  }

  private func variations(of base: Facts) -> [Facts] {
    var all = [base]
    all = all.flatMap { facts in [true, false].map { facts.with(security: $0) } }
    all = all.flatMap { [$0, $0.withUnknownEffect] }
    return all.flatMap { facts in
      moments.flatMap { now in
        ages.flatMap { age in nodes.map { facts.at(now, age: age, node: $0) } }
      }
    }.flatMap { facts in networks.map { facts.with(network: $0) } }
  }

  private static func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
    var seen: Set<Value> = []
    return values.filter { seen.insert($0).inserted }
  }
}
