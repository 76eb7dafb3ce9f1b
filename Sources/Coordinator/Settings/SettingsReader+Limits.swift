internal import Documents
internal import GateModel
internal import NetworkState

extension SettingsReader {
  func readLocks(_ node: YamlNode, into settings: inout CoordinatorSettings) {
    guard let reader = MappingReader(node, "`fleetlock`", keys: ["groups", "plainClients"], collector) else { return }
    for item in reader["groups"].map({ collector.list($0, "groups") }) ?? [] {
      guard let (name, plan) = lockGroup(item) else { continue }
      if settings.lockGroups.updateValue(plan, forKey: name) != nil {
        collector.error(.invalidValue, at: item.position, "the group `\(name)` stands here twice")
      }
    }
    if let list = reader["plainClients"] {
      settings.plainLockClients = collector.items(list, "`plainClients`").compactMap(prefix)
    }
  }

  private func lockGroup(_ node: YamlNode) -> (String, LockGroupPlan)? {
    guard let reader = MappingReader(node, "a group", keys: ["name", "slots", "deadline"], collector),
      let nameNode = reader.required("name"), let name = collector.text(nameNode, "`name`")
    else { return nil }
    guard !name.isEmpty, name.utf8.allSatisfy({ $0.isASCIILetterOrDigit || ".-".utf8.contains($0) }) else {
      collector.error(
        .invalidValue, at: nameNode.position, "the group `\(name)` is not made of letters, digits, dots and hyphens")
      return nil
    }
    var plan = LockGroupPlan()
    if let slots = reader["slots"].flatMap({ collector.number($0, "`slots`", in: 1...100_000) }) { plan.slots = slots }
    if let deadline = reader["deadline"].flatMap({ collector.duration($0, "`deadline`") }) { plan.deadline = deadline }
    return (name, plan)
  }

  private func prefix(_ node: YamlNode) -> IPPrefix? {
    guard let text = collector.text(node, "a prefix") else { return nil }
    if let prefix = IPPrefix(text) { return prefix }
    collector.error(.invalidValue, at: node.position, "`\(text)` is no prefix", suggestion: "such as `127.0.0.0/8`")
    return nil
  }

  func readLimits(_ node: YamlNode, into limits: inout RequestLimits) {
    let keys = ["perIdentity", "connections", "largestBody", "headerDeadline", "bodyDeadline", "idleDeadline"]
    guard let reader = MappingReader(node, "`limits`", keys: keys, collector) else { return }
    func number(_ key: String, in range: ClosedRange<Int>) -> Int? {
      reader[key].flatMap { collector.number($0, "`\(key)`", in: range) }
    }
    func duration(_ key: String) -> Duration? { reader[key].flatMap { collector.duration($0, "`\(key)`") } }
    if let rate = number("perIdentity", in: 1...100_000) {
      limits.perIdentity = Double(rate)
      limits.identityBurst = Double(rate) * 5
    }
    limits.connections = number("connections", in: 16...1_000_000) ?? limits.connections
    limits.largestBody = number("largestBody", in: 4096...(1 << 20)) ?? limits.largestBody
    limits.headerDeadline = duration("headerDeadline") ?? limits.headerDeadline
    limits.bodyDeadline = duration("bodyDeadline") ?? limits.bodyDeadline
    limits.idleDeadline = duration("idleDeadline") ?? limits.idleDeadline
  }
}
