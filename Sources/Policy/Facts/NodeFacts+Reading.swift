internal import Documents
internal import GateModel

extension PolicyReader {
  func node(_ node: YamlNode) -> NodeFacts? {
    guard !node.isNull else { return nil }
    let keys = ["name", "groups", "distribution", "release", "architecture", "kernel", "labels", "owedRestarts"]
    guard let reader = MappingReader(node, "`node`", keys: keys, self) else { return nil }
    func field(_ key: String) -> String { reader[key].flatMap { text($0, "`\(key)`") } ?? "" }
    return NodeFacts(
      name: field("name"), groups: reader["groups"].map(texts) ?? [], distribution: field("distribution"),
      release: field("release"), architecture: field("architecture"), kernel: field("kernel"),
      labels: reader["labels"].map(object) ?? [:], owedRestarts: reader["owedRestarts"].map(texts))
  }

  func fleet(_ node: YamlNode) -> FleetFacts? {
    guard !node.isNull else { return nil }
    let keys = ["reachable", "ring", "halted", "updatedNodes", "failedNodes"]
    guard let reader = MappingReader(node, "`fleet`", keys: keys, self) else { return nil }
    func count(_ key: String) -> Int { reader[key].flatMap { number($0, "`\(key)`", in: 0...Int(Int32.max)) } ?? 0 }
    func flag(_ key: String) -> Bool? { reader[key].flatMap { boolean($0, "`\(key)`") } }
    return FleetFacts(
      reachable: flag("reachable") ?? true, ring: reader["ring"].flatMap { text($0, "`ring`") } ?? "",
      halted: flag("halted") ?? false, updatedNodes: count("updatedNodes"), failedNodes: count("failedNodes"))
  }

  /// A list of texts; unlike elsewhere it may be empty.
  func texts(_ node: YamlNode) -> [String] {
    if case .sequence(let items) = node.content { return items.compactMap { text($0, "an item") } }
    return text(node, "an item").map { [$0] } ?? []
  }

  /// Free keys; values are texts, and numbers are taken as they are written: `ip -j` writes numbers.
  func object(_ node: YamlNode) -> NetworkFacts.Object {
    guard case .mapping(let entries) = node.content else {
      wrongType(node, "this is a mapping, not \(node.kindName)")
      return [:]
    }
    return Dictionary(
      entries.compactMap { entry in entry.value.scalar.map { (entry.key, $0.text) } },
      uniquingKeysWith: { first, _ in first })
  }
}
