internal import Documents
internal import GateModel

extension PolicyReader {
  func network(_ node: YamlNode) -> NetworkFacts? {
    guard !node.isNull, !hasRenamed(node) else { return nil }
    let keys = ["networkd", "managedLinks", "atRisk", "foreign", "defaultRoutes", "cni"]
    guard let reader = MappingReader(node, "`network`", keys: keys, self) else { return nil }
    guard let networkd = reader.required("networkd").flatMap(networkd) else { return nil }
    return NetworkFacts(
      networkd: networkd, managedLinks: reader["managedLinks"].map(texts) ?? [],
      atRisk: reader["atRisk"].flatMap(atRisk) ?? NetworkAtRisk(),
      foreign: reader["foreign"].flatMap(foreign) ?? ForeignNetworkState(),
      defaultRoutes: reader["defaultRoutes"].map { list($0, "defaultRoutes").map(object) } ?? [],
      cni: reader["cni"].map { list($0, "cni").compactMap(trace) } ?? [])
  }

  /// Whether there are names that only older captures and tests have; each is reported with its new one.
  private func hasRenamed(_ node: YamlNode) -> Bool {
    guard case .mapping(let entries) = node.content else { return false }
    let old = entries.filter { FactSchema.renamed[$0.key] != nil }
    for entry in old {
      let name = FactSchema.renamed[entry.key] ?? ""
      error(.unknownKey, at: entry.keyPosition, "`network.\(entry.key)` is now `network.\(name)`")
    }
    return !old.isEmpty
  }

  private func networkd(_ node: YamlNode) -> NetworkdFacts? {
    guard let reader = MappingReader(node, "`networkd`", keys: ["running", "version"], self) else { return nil }
    guard let running = reader.required("running").flatMap({ boolean($0, "`running`") }) else { return nil }
    return NetworkdFacts(running: running, version: reader["version"].flatMap { text($0, "`version`") } ?? "")
  }

  private func atRisk(_ node: YamlNode) -> NetworkAtRisk? {
    let keys = ["routes", "rules", "nexthops", "addresses", "neighbours", "links", "objects"]
    guard let reader = MappingReader(node, "`atRisk`", keys: keys, self) else { return nil }
    return NetworkAtRisk(
      routes: count("routes", reader), rules: count("rules", reader), nexthops: count("nexthops", reader),
      addresses: count("addresses", reader), neighbours: count("neighbours", reader), links: count("links", reader),
      objects: reader["objects"].map { list($0, "objects").map(object) } ?? [])
  }

  private func foreign(_ node: YamlNode) -> ForeignNetworkState? {
    guard let reader = MappingReader(node, "`foreign`", keys: ["routes", "rules"], self) else { return nil }
    return ForeignNetworkState(routes: count("routes", reader) ?? 0, rules: count("rules", reader) ?? 0)
  }

  private func trace(_ node: YamlNode) -> CNITrace? {
    guard let reader = MappingReader(node, "an item of `cni`", keys: ["name", "by"], self) else { return nil }
    guard let name = reader.required("name").flatMap({ text($0, "`name`") }) else { return nil }
    return CNITrace(name: name, by: reader["by"].map(texts) ?? [])
  }

  private func count(_ key: String, _ reader: MappingReader) -> Int? {
    reader[key].flatMap { number($0, "`\(key)`", in: 0...Int(Int32.max)) }
  }
}
