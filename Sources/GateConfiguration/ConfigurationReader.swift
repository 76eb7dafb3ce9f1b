internal import Documents
internal import GateModel
internal import NetworkState

/// Reads one file's nodes into a fragment.
struct ConfigurationReader {
  let collector: DiagnosticCollector

  static let version = "apt-gate/v1"
  static let keys = [
    "apiVersion", "mode", "policies", "state", "deadlines", "probes", "expectedChurn", "notify", "metrics", "motd",
    "fleet", "fleetlock",
  ]

  init(_ collector: DiagnosticCollector) { self.collector = collector }

  func fragment(_ root: YamlNode) -> ConfigurationFragment? {
    guard let reader = MappingReader(root, "the configuration", keys: Self.keys, collector) else { return nil }
    collector.checkVersion(reader, of: "the configuration", is: Self.version)
    var fragment = ConfigurationFragment()
    fragment.mode = located(reader["mode"]) { collector.word($0, "mode") }
    fragment.policies = located(reader["policies"]) { paths($0, "a folder of `policies`") }
    fragment.state = located(reader["state"]) { path($0, "`state`") }
    fragment.metrics = located(reader["metrics"]) { optionalPath($0, "`metrics`") }
    fragment.motd = located(reader["motd"]) { optionalPath($0, "`motd`") }
    fragment.fleet = located(reader["fleet"], membership)
    fragment.fleetLock = located(reader["fleetlock"], lockMembership)
    if let node = reader["deadlines"] { readDeadlines(node, into: &fragment) }
    if let node = reader["probes"] { readProbes(node, into: &fragment) }
    if let node = reader["expectedChurn"] { readChurn(node, into: &fragment) }
    if let node = reader["notify"] { readNotify(node, into: &fragment) }
    return fragment
  }

  private func readDeadlines(_ node: YamlNode, into fragment: inout ConfigurationFragment) {
    let keys = ["preInstall", "postInstall", "update"]
    guard let reader = MappingReader(node, "`deadlines`", keys: keys, collector) else { return }
    fragment.preInstallDeadline = deadline(reader, "preInstall")
    fragment.postInstallDeadline = deadline(reader, "postInstall")
    fragment.updateDeadline = deadline(reader, "update")
  }

  private func readChurn(_ node: YamlNode, into fragment: inout ConfigurationFragment) {
    let keys = ["interfaces", "protocols", "prefixes"]
    guard let reader = MappingReader(node, "`expectedChurn`", keys: keys, collector) else { return }
    fragment.churnInterfaces = located(reader["interfaces"]) { all($0, "an interface") { collector.text($0, $1) } }
    fragment.churnProtocols = located(reader["protocols"]) { all($0, "a routing protocol", routeProtocol) }
    fragment.churnPrefixes = located(reader["prefixes"]) { all($0, "a prefix", prefix) }
  }

  private func readNotify(_ node: YamlNode, into fragment: inout ConfigurationFragment) {
    guard let reader = MappingReader(node, "`notify`", keys: ["command", "deadline"], collector) else { return }
    fragment.notifyCommand = located(reader.required("command")) { node in
      guard let words = all(node, "a word of `command`", { collector.text($0, $1) }) else { return nil }
      guard words.first?.hasPrefix("/") == true else {
        collector.error(
          .invalidValue, at: node.position, "`command` does not begin with the absolute path of a program",
          suggestion: "such as `[/usr/local/bin/notify, --from, apt-gate]`; no shell reads it")
        return nil
      }
      return words
    }
    fragment.notifyDeadline = deadline(reader, "deadline")
  }

  func deadline(_ reader: MappingReader, _ key: String) -> Located<Duration>? {
    located(reader[key]) { collector.duration($0, "`\(key)`") }
  }

  /// The value of a node with its place; nil if there is no node or `read` refused it.
  func located<Value>(_ node: YamlNode?, _ read: (YamlNode) -> Value?) -> Located<Value>? {
    guard let node, let value = read(node) else { return nil }
    return Located(value, file: collector.source.name, position: node.position)
  }

  /// All items of a list, or nil if one was refused.
  func all<Value>(_ node: YamlNode, _ what: String, _ read: (YamlNode, String) -> Value?) -> [Value]? {
    let items = collector.items(node, what)
    let values = items.compactMap { read($0, what) }
    return values.count == items.count && !items.isEmpty ? values : nil
  }
}
