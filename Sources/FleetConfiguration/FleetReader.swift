internal import Documents
internal import Rollout
internal import TimeWindows

/// Reads the file's nodes, and refuses what does not fit together.
struct FleetReader {
  let collector: DiagnosticCollector

  static let mostRings = 32
  static let mostGroups = 1000

  init(_ collector: DiagnosticCollector) { self.collector = collector }

  func plan(_ root: YamlNode) -> FleetPlan? {
    let keys = ["apiVersion", "windows", "groups", "rings"]
    guard let reader = MappingReader(root, "the fleet's configuration", keys: keys, collector) else { return nil }
    collector.checkVersion(reader, of: "the fleet's configuration", is: FleetFile.version)
    let windows = unique(reader["windows"], "windows", "window", most: 100, name: \.name, read: collector.window)
    let groups = unique(
      reader.required("groups"), "groups", "group", most: Self.mostGroups, name: \.name, read: group)
    let rings = unique(reader.required("rings"), "rings", "ring", most: Self.mostRings, name: \.name) {
      ring($0, groups.map(\.value.name), windows.map(\.value))
    }
    checkGroups(groups, rings)
    checkSoak(rings)
    checkUse(of: windows, rings)
    return FleetPlan(groups: groups.map(\.value), rings: rings.map(\.value))
  }

  /// A value with the node that it was read from.
  typealias Placed<Value> = (value: Value, node: YamlNode)

  /// The items of a list whose names must differ.
  private func unique<Value>(
    _ node: YamlNode?, _ key: String, _ what: String, most: Int, name: KeyPath<Value, String>,
    read: (YamlNode) -> Value?
  ) -> [Placed<Value>] {
    guard let node else { return [] }
    let items = collector.list(node, key)
    if items.isEmpty, case .sequence = node.content {
      collector.error(.invalidValue, at: node.position, "`\(key)` is an empty list", suggestion: "name a \(what)")
    }
    if items.count > most {
      collector.error(.limit, at: node.position, "\(items.count) \(key); at most \(most) are read")
    }
    var found: [Placed<Value>] = []
    for item in items.prefix(most) {
      guard let value = read(item) else { continue }
      if found.contains(where: { $0.value[keyPath: name] == value[keyPath: name] }) {
        collector.error(
          .duplicateName, at: item.position, "\(what) `\(value[keyPath: name])` is already in this file",
          suggestion: "give it another name")
      } else {
        found.append((value, item))
      }
    }
    return found
  }

  // MARK: What must fit together

  /// Each group is in one ring.
  private func checkGroups(_ groups: [Placed<GroupPlan>], _ rings: [Placed<RingPlan>]) {
    for (index, ring) in rings.enumerated() {
      for group in ring.value.groups {
        guard let other = rings[..<index].first(where: { $0.value.groups.contains(group) }) else { continue }
        collector.error(
          .duplicateName, at: ring.node.position,
          "group `\(group)` of ring `\(ring.value.name)` is in ring `\(other.value.name)` already",
          suggestion: "a node goes through one ring: leave the group out of one of them")
      }
    }
    for group in groups where !rings.contains(where: { $0.value.groups.contains(group.value.name) }) {
      collector.warning(
        .unusedName, at: group.node.position, "group `\(group.value.name)` is in no ring: its nodes are never updated",
        suggestion: "add it to a ring's `groups`")
    }
  }

  /// What another ring follows must soak, and something in it must be healthy.
  private func checkSoak(_ rings: [Placed<RingPlan>]) {
    for ring in rings.dropLast() {
      if ring.value.soak <= .zero {
        collector.error(
          .missingKey, at: ring.node.position, "ring `\(ring.value.name)` has no `soak`, and another ring follows it",
          suggestion: "add `soak:`, such as `24h`")
      }
      if ring.value.minimumHealthy == .count(0) || ring.value.minimumHealthy == .percent(0) {
        collector.warning(
          .invalidValue, at: ring.node.position,
          "ring `\(ring.value.name)` passes without a healthy node, and the next one opens at once",
          suggestion: "let `minimumHealthy` be at least 1")
      }
    }
  }

  private func checkUse(of windows: [Placed<TimeWindow>], _ rings: [Placed<RingPlan>]) {
    let used = Set(rings.flatMap(\.value.windows).map(\.name))
    for window in windows where !used.contains(window.value.name) {
      collector.warning(
        .unusedName, at: window.node.position, "no ring uses window `\(window.value.name)`",
        suggestion: "name it in a ring's `windows`, or take it out")
    }
  }
}

extension Diagnostic.Code {
  static let unusedName = Diagnostic.Code("unused-name")
}
