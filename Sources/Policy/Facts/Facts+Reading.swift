internal import Documents
internal import GateModel

/// Reading facts as tests write them and as captures hold them: the names of ``FactSchema``.
extension PolicyReader {
  static let factKeys = ["now", "update", "effects", "node", "network", "fleet"]

  /// Facts about one change; what is not there is looked up in `defaults`.
  func facts(_ node: YamlNode, defaults: YamlNode?) -> Facts? {
    guard let reader = MappingReader(node, "`facts`", keys: Self.factKeys, self) else { return nil }
    let shared = defaults.flatMap { MappingReader($0, "`facts`", keys: Self.factKeys, self) }
    func value(_ key: String) -> YamlNode? { reader[key] ?? shared?[key] }
    guard let update = value("update") else {
      _ = reader.required("update")
      return nil
    }
    let effects = value("effects").map { list($0, "effects").compactMap(factEffect) } ?? []
    guard var facts = self.update(update, effects: effects) else { return nil }
    facts.now = value("now").flatMap { timestamp($0, "`now`") }
    facts.node = value("node").flatMap(self.node)
    facts.network = value("network").flatMap(network)
    facts.fleet = value("fleet").flatMap(fleet)
    return facts
  }

  /// The change and what is remembered of it.
  func update(_ node: YamlNode, effects: [Effect], keys extra: [String] = []) -> Facts? {
    let keys = [
      "source", "from", "to", "action", "security", "origins", "binaries", "firstSeen", "heldSince",
      "downloadSize",
    ]
    guard let reader = MappingReader(node, "`update`", keys: keys + extra, self) else { return nil }
    guard let source = reader.required("source").flatMap({ text($0, "`source`") }) else { return nil }
    let from = reader["from"].flatMap(version)
    let to = reader["to"].flatMap(version)
    let action = reader["action"].flatMap { word($0, "action", as: ChangeAction.self) } ?? action(from, to)
    let security = reader["security"].flatMap { boolean($0, "`security`") } ?? false
    let origins = reader["origins"].map { itemsIfAny($0, "`origins`").compactMap(origin) } ?? []
    let whole = BinaryChange(
      name: source, architecture: "amd64", from: from, to: to, action: action, origins: origins, isSecurity: security)
    let binaries = reader["binaries"].map { itemsIfAny($0, "`binaries`").compactMap { binary($0, like: whole) } } ?? []
    var change = Change(
      source: source, from: from, to: to, action: action, binaries: binaries.isEmpty ? [whole] : binaries)
    // Facts know the sum alone, so the first binary stands for all.
    let size = reader["downloadSize"].flatMap { number($0, "`downloadSize`", in: 0...Int.max) }
    change.binaries[0].downloadSize = UInt64(size ?? 0)
    var facts = Facts(change: change, effects: effects)
    facts.firstSeen = reader["firstSeen"].flatMap { timestamp($0, "`firstSeen`") }
    facts.heldSince = reader["heldSince"].flatMap { timestamp($0, "`heldSince`") }
    return facts
  }

  /// The items of a list that may be empty, as a removal has no origins.
  private func itemsIfAny(_ node: YamlNode, _ what: String) -> [YamlNode] {
    if case .sequence(let items) = node.content { return items }
    return items(node, what)
  }

  private func action(_ from: PackageVersion?, _ to: PackageVersion?) -> ChangeAction {
    guard let from else { return .install }
    guard let to else { return .remove }
    return to.isEarlier(than: from) ? .downgrade : .upgrade
  }

  /// nil for `null` too.
  private func version(_ node: YamlNode) -> PackageVersion? {
    guard !node.isNull else { return nil }
    return text(node, "a version").map { PackageVersion($0) }
  }

  private func origin(_ node: YamlNode) -> Origin? {
    let name = node.scalar != nil ? text(node, "an origin") : nil
    if let name { return Origin(origin: name, label: name, suite: "", codename: "", component: "", site: "") }
    let keys = ["origin", "label", "suite", "codename", "component", "site"]
    guard let reader = MappingReader(node, "an origin", keys: keys, self) else { return nil }
    func field(_ key: String) -> String { reader[key].flatMap { text($0, "`\(key)`") } ?? "" }
    return Origin(
      origin: field("origin"), label: field("label"), suite: field("suite"), codename: field("codename"),
      component: field("component"), site: field("site"))
  }

  private func binary(_ node: YamlNode, like whole: BinaryChange) -> BinaryChange? {
    var binary = whole
    if node.scalar != nil {
      guard let name = text(node, "a binary package") else { return nil }
      binary.name = name
      return binary
    }
    let keys = ["name", "architecture", "from", "to", "action"]
    guard let reader = MappingReader(node, "a binary package", keys: keys, self),
      let name = reader.required("name").flatMap({ text($0, "`name`") })
    else { return nil }
    binary.name = name
    if let value = reader["architecture"].flatMap({ text($0, "`architecture`") }) { binary.architecture = value }
    if let value = reader["from"] { binary.from = version(value) }
    if let value = reader["to"] { binary.to = version(value) }
    binary.action = reader["action"].flatMap { word($0, "action") } ?? binary.action
    return binary
  }
}
