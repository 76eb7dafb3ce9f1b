internal import Documents
internal import GateModel
internal import Rollout

extension FleetReader {
  func group(_ node: YamlNode) -> GroupPlan? {
    guard let reader = MappingReader(node, "a group", keys: ["name", "labels", "nodes"], collector) else { return nil }
    let name = reader.required("name").flatMap { collector.identifier($0, "`name`", example: "canary") }
    let labels = reader["labels"].map(labels) ?? [:]
    let nodes = reader["nodes"].map { collector.items($0, "`nodes`").compactMap { glob($0, "a node") } } ?? []
    if reader["labels"] == nil, reader["nodes"] == nil, !reader.isEmpty {
      collector.error(
        .missingKey, at: reader.position, "a group has neither `labels` nor `nodes`",
        suggestion: "add `labels: {role: canary}`, or `nodes: [\"*\"]` for every node")
      return nil
    }
    return name.map { GroupPlan(name: $0, labels: labels, nodes: nodes) }
  }

  /// `{role: web, zone: [a, "b*"]}`
  private func labels(_ node: YamlNode) -> [String: [Glob]] {
    guard case .mapping(let entries) = node.content else {
      collector.wrongType(
        node, "`labels` is a mapping, not \(node.kindName)", suggestion: "such as `labels: {role: canary}`")
      return [:]
    }
    if entries.isEmpty {
      collector.error(.invalidValue, at: node.position, "`labels` names no label", suggestion: "such as `role: canary`")
    }
    var labels: [String: [Glob]] = [:]
    for entry in entries where isLabel(entry) {
      labels[entry.key] = collector.items(entry.value, "label `\(entry.key)`").compactMap {
        glob($0, "label `\(entry.key)`")
      }
    }
    return labels
  }

  func isLabel(_ entry: YamlEntry) -> Bool {
    let isValid =
      (1...63).contains(entry.key.utf8.count)
      && entry.key.utf8.allSatisfy { $0.isASCIILetterOrDigit || "-._/".utf8.contains($0) }
    if !isValid {
      collector.error(
        .invalidValue, at: entry.keyPosition, "`\(entry.key)` is no label",
        suggestion: "1 to 63 letters, digits, dots, hyphens, underscores and slashes")
    }
    return isValid
  }

  private func glob(_ node: YamlNode, _ what: String) -> Glob? {
    guard let text = collector.text(node, what) else { return nil }
    guard !text.isEmpty, text.utf8.count <= 255 else {
      collector.error(.invalidValue, at: node.position, "\(what) is empty or over 255 bytes long")
      return nil
    }
    return Glob(text)
  }
}
