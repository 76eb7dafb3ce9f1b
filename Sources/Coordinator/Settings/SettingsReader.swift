internal import CoordinatorAPI
public import Documents
internal import FoundationEssentials
internal import GateModel
internal import NetworkState

extension CoordinatorSettings {
  /// Reads coordinator.yaml. With an error among the diagnostics the settings are not to be used.
  public static func read(_ source: DocumentSource) -> (settings: CoordinatorSettings, diagnostics: [Diagnostic]) {
    let collector = DiagnosticCollector(source: source)
    var settings = CoordinatorSettings()
    if let root = YamlComposer.compose(collector) { SettingsReader(collector).read(root, into: &settings) }
    return (settings, collector.diagnostics)
  }
}

/// Reads the nodes of coordinator.yaml.
struct SettingsReader {
  let collector: DiagnosticCollector

  private static let keys = [
    "apiVersion", "listen", "tls", "store", "identities", "fleetlock", "publishers", "limits",
  ]

  init(_ collector: DiagnosticCollector) { self.collector = collector }

  func read(_ root: YamlNode, into settings: inout CoordinatorSettings) {
    guard let reader = MappingReader(root, "the configuration", keys: Self.keys, collector) else { return }
    collector.checkVersion(reader, of: "the coordinator's configuration", is: "coordinator/v1")
    if let node = reader["listen"], let address = listen(node) { settings.listen = address }
    if let node = reader["tls"] { settings.tls = certificates(node) }
    if let node = reader["store"], let store = store(node) { settings.store = store }
    if let node = reader["identities"] { settings.identities = collector.list(node, "identities").compactMap(identity) }
    if let node = reader["fleetlock"] { readLocks(node, into: &settings) }
    if let node = reader["publishers"] {
      settings.publishers = collector.list(node, "publishers").compactMap(publisher)
    }
    if let node = reader["limits"] { readLimits(node, into: &settings.limits) }
    if !collector.hasErrors, let refusal = settings.refusal {
      collector.error(.invalidValue, at: reader.position(of: "listen"), refusal)
    }
  }

  private func listen(_ node: YamlNode) -> ListenAddress? {
    guard let text = collector.text(node, "`listen`") else { return nil }
    let colon = text.lastIndex(of: ":")
    let host = colon.map { String(text[..<$0]) } ?? ""
    let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    guard let colon, let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port),
      let address = IPAddress(bare), bare == host || address.family == .ipv6
    else {
      collector.error(
        .invalidValue, at: node.position, "`\(text)` is no address with a port",
        suggestion: "such as `127.0.0.1:8441` or `[::]:8441`")
      return nil
    }
    return ListenAddress(host: bare, port: port)
  }

  private func certificates(_ node: YamlNode) -> ServerCertificates? {
    let keys = ["certificate", "key", "clientAuthorities"]
    guard let reader = MappingReader(node, "`tls`", keys: keys, collector),
      let certificate = reader.required("certificate").flatMap({ path($0, "`certificate`") }),
      let key = reader.required("key").flatMap({ path($0, "`key`") })
    else { return nil }
    return ServerCertificates(
      certificate: certificate, key: key,
      clientAuthorities: reader["clientAuthorities"].flatMap { path($0, "`clientAuthorities`") })
  }

  private func store(_ node: YamlNode) -> StoreChoice? {
    guard let reader = MappingReader(node, "`store`", keys: ["sqlite", "etcd"], collector) else { return nil }
    switch (reader["sqlite"], reader["etcd"]) {
    case (let file?, nil): return path(file, "`sqlite`").map { .sqlite(path: $0) }
    case (nil, let etcd?): return self.etcd(etcd).map { .etcd($0) }
    case (nil, nil), (_?, _?):
      collector.error(.invalidValue, at: node.position, "`store` names `sqlite` or `etcd`, one of the two")
      return nil
    }
  }

  private func etcd(_ node: YamlNode) -> EtcdChoice? {
    let keys = ["endpoints", "trustedCertificates", "certificate", "key", "user", "passwordFile", "prefix"]
    guard let reader = MappingReader(node, "`etcd`", keys: keys, collector), let list = reader.required("endpoints")
    else { return nil }
    let endpoints = collector.items(list, "`endpoints`").compactMap(endpoint)
    var choice = EtcdChoice(endpoints: endpoints)
    choice.trustedCertificates = reader["trustedCertificates"].flatMap { path($0, "`trustedCertificates`") }
    choice.certificate = reader["certificate"].flatMap { path($0, "`certificate`") }
    choice.key = reader["key"].flatMap { path($0, "`key`") }
    choice.user = reader["user"].flatMap { collector.text($0, "`user`") }
    choice.passwordFile = reader["passwordFile"].flatMap { path($0, "`passwordFile`") }
    if let prefix = reader["prefix"].flatMap({ collector.text($0, "`prefix`") }) { choice.prefix = prefix }
    if (choice.certificate == nil) != (choice.key == nil) {
      collector.error(.invalidValue, at: reader.position, "`certificate` and `key` of `etcd` need each other")
    }
    if (choice.user == nil) != (choice.passwordFile == nil) {
      collector.error(.invalidValue, at: reader.position, "`user` and `passwordFile` of `etcd` need each other")
    }
    return choice
  }

  private func endpoint(_ node: YamlNode) -> String? {
    guard let text = collector.text(node, "an endpoint") else { return nil }
    let isURL = ["http://", "https://"].contains { text.hasPrefix($0) && text.count > $0.count }
    guard isURL, !text.contains(" ") else {
      collector.error(
        .invalidValue, at: node.position, "`\(text)` is no URL of etcd",
        suggestion: "such as `https://198.51.100.7:2379`")
      return nil
    }
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  private func identity(_ node: YamlNode) -> IdentityRule? {
    guard let reader = MappingReader(node, "an identity", keys: ["name", "roles"], collector),
      let name = reader.required("name").flatMap({ collector.text($0, "`name`") }),
      let roles = reader.required("roles").map({ collector.words($0, "role", as: Role.self) })
    else { return nil }
    return IdentityRule(name: Glob(name), roles: roles)
  }

  private func publisher(_ node: YamlNode) -> PublisherKey? {
    guard let reader = MappingReader(node, "a publisher", keys: ["name", "key"], collector),
      let name = reader.required("name").flatMap({ collector.text($0, "`name`") }),
      let keyNode = reader.required("key"),
      let text = collector.text(keyNode, "`key`")
    else { return nil }
    guard let key = Data(base64Encoded: text), key.count == 32 else {
      collector.error(
        .invalidValue, at: keyNode.position, "`\(text)` is no Ed25519 key: 32 bytes in base64",
        suggestion: "`apt-gate fleet bundle key` prints one")
      return nil
    }
    return PublisherKey(name: name, key: Array(key))
  }

  func path(_ node: YamlNode, _ what: String) -> String? {
    guard let text = collector.text(node, what) else { return nil }
    guard text.hasPrefix("/"), !text.split(separator: "/").contains("..") else {
      collector.error(
        .invalidValue, at: node.position, "\(what) `\(text)` is no absolute path", suggestion: "begin it with `/`")
      return nil
    }
    return text
  }
}
