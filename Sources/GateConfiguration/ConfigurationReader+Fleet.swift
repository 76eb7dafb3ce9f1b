internal import Documents

extension ConfigurationReader {
  func membership(_ node: YamlNode) -> FleetMembership? {
    let keys = ["coordinator", "trustedCertificates", "certificate", "key", "tokenFile", "labels", "patience"]
    guard let reader = MappingReader(node, "`fleet`", keys: keys, collector), let url = coordinator(reader) else {
      return nil
    }
    var fleet = FleetMembership(coordinator: url)
    fleet.trustedCertificates = reader["trustedCertificates"].flatMap { path($0, "`trustedCertificates`") }
    fleet.certificate = reader["certificate"].flatMap { path($0, "`certificate`") }
    fleet.key = reader["key"].flatMap { path($0, "`key`") }
    fleet.tokenFile = reader["tokenFile"].flatMap { path($0, "`tokenFile`") }
    if let patience = reader["patience"].flatMap({ collector.duration($0, "`patience`") }) { fleet.deadline = patience }
    if let labels = reader["labels"] { fleet.labels = self.labels(labels) }
    if (fleet.certificate == nil) != (fleet.key == nil) {
      collector.error(.invalidValue, at: reader.position, "`certificate` and `key` of `fleet` need each other")
    } else if fleet.certificate == nil, fleet.tokenFile == nil {
      collector.error(
        .missingKey, at: reader.position, "`fleet` says nothing that proves who the node is",
        suggestion: "add `certificate` and `key`, or `tokenFile`")
    }
    return fleet
  }

  private func coordinator(_ reader: MappingReader) -> String? {
    guard let node = reader.required("coordinator"), let text = collector.text(node, "`coordinator`") else {
      return nil
    }
    let host = text.hasPrefix("https://") ? text.dropFirst(8) : text.hasPrefix("http://127.") ? text.dropFirst(7) : ""
    guard !host.isEmpty, !host.contains(where: { " /@?#".contains($0) }) else {
      collector.error(
        .invalidValue, at: node.position, "`\(text)` is no address of a coordinator",
        suggestion: "such as `https://198.51.100.7:8441`, without a path; an IP address needs no DNS")
      return nil
    }
    return text
  }

  /// Labels as Kubernetes and others have them: text to text.
  private func labels(_ node: YamlNode) -> [String: String] {
    guard case .mapping(let entries) = node.content else {
      collector.wrongType(node, "`labels` is a mapping, not \(node.kindName)", suggestion: "such as `{role: canary}`")
      return [:]
    }
    var labels: [String: String] = [:]
    for entry in entries {
      if let value = collector.text(entry.value, "the label `\(entry.key)`") { labels[entry.key] = value }
    }
    return labels
  }
}
