internal import Documents
internal import GateModel

extension ConfigurationReader {
  func membership(_ node: YamlNode) -> FleetMembership? {
    let keys = Self.credentialKeys + ["coordinator", "labels", "patience", "publishers", "policies"]
    guard let reader = MappingReader(node, "`fleet`", keys: keys, collector), let url = coordinator(reader) else {
      return nil
    }
    var fleet = FleetMembership(coordinator: url)
    fleet.credentials = credentials(reader, "fleet")
    if let patience = reader["patience"].flatMap({ collector.duration($0, "`patience`") }) { fleet.deadline = patience }
    for item in reader["publishers"].map({ collector.list($0, "publishers") }) ?? [] {
      if let (name, key) = publisher(item) { fleet.publishers[name] = key }
    }
    if let path = reader["policies"].flatMap({ path($0, "`policies` of `fleet`") }) { fleet.policies = path }
    if let labels = reader["labels"] { fleet.labels = self.labels(labels) }
    if reader["certificate"] == nil, reader["key"] == nil, reader["tokenFile"] == nil {
      collector.error(
        .missingKey, at: reader.position, "`fleet` says nothing that proves who the node is",
        suggestion: "add `certificate` and `key`, or `tokenFile`")
    }
    return fleet
  }

  /// Of a FleetLock server; many take requests of anybody.
  func lockMembership(_ node: YamlNode) -> FleetLockMembership? {
    let keys = Self.credentialKeys + ["url", "group", "id", "patience"]
    guard let reader = MappingReader(node, "`fleetlock`", keys: keys, collector), let url = lockServer(reader) else {
      return nil
    }
    var lock = FleetLockMembership(url: url)
    if let group = reader["group"].flatMap({ word(.group, $0) }) { lock.group = group }
    lock.id = reader["id"].flatMap { word(.id, $0) }
    lock.credentials = credentials(reader, "fleetlock")
    if let patience = reader["patience"].flatMap({ collector.duration($0, "`patience`") }) { lock.deadline = patience }
    return lock
  }

  private func lockServer(_ reader: MappingReader) -> String? {
    guard let node = reader.required("url"), let text = collector.text(node, "`url`") else { return nil }
    let host = ["https://", "http://"].first(where: text.hasPrefix).map { text.dropFirst($0.count) } ?? ""
    guard !host.isEmpty, host.first != "/", !host.contains(where: { " @?#".contains($0) }) else {
      collector.error(
        .invalidValue, at: node.position, "`\(text)` is no address of a FleetLock server",
        suggestion: "such as `http://198.51.100.7:3333`, without `/v1/pre-reboot`; an IP address needs no DNS")
      return nil
    }
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  private func word(_ word: FleetLockWord, _ node: YamlNode) -> String? {
    guard let text = collector.text(node, "`\(word.rawValue)`") else { return nil }
    if let problem = word.problem(with: text) {
      collector.error(.invalidValue, at: node.position, problem)
      return nil
    }
    return text
  }

  private static let credentialKeys = ["trustedCertificates", "certificate", "key", "tokenFile"]

  private func credentials(_ reader: MappingReader, _ name: String) -> ServerCredentials {
    var credentials = ServerCredentials()
    credentials.trustedCertificates = reader["trustedCertificates"].flatMap { path($0, "`trustedCertificates`") }
    credentials.certificate = reader["certificate"].flatMap { path($0, "`certificate`") }
    credentials.key = reader["key"].flatMap { path($0, "`key`") }
    credentials.tokenFile = reader["tokenFile"].flatMap { path($0, "`tokenFile`") }
    if (reader["certificate"] == nil) != (reader["key"] == nil) {
      collector.error(.invalidValue, at: reader.position, "`certificate` and `key` of `\(name)` need each other")
    }
    return credentials
  }

  private func publisher(_ node: YamlNode) -> (name: String, key: String)? {
    guard let reader = MappingReader(node, "a publisher", keys: ["name", "key"], collector),
      let name = reader.required("name").flatMap({ collector.text($0, "`name`") }),
      let keyNode = reader.required("key"), let key = collector.text(keyNode, "`key`")
    else { return nil }
    // 32 bytes in base64 (RFC 4648): 43 characters and one to fill up.
    let isKey = key.utf8.count == 44 && key.last == "=" && key.utf8.dropLast().allSatisfy(Self.isBase64)
    guard isKey else {
      collector.error(
        .invalidValue, at: keyNode.position, "`\(key)` is no Ed25519 public key: 32 bytes in base64",
        suggestion: "`apt-gate fleet bundle key` prints one")
      return nil
    }
    return (name, key)
  }

  private static func isBase64(_ byte: UInt8) -> Bool {
    byte.isASCIILetterOrDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
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
