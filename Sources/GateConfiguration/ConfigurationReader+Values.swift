internal import Documents
internal import GateModel
internal import NetworkState

extension ConfigurationReader {
  /// An absolute path without `..`.
  func path(_ node: YamlNode, _ what: String) -> String? {
    guard let text = collector.text(node, what) else { return nil }
    let parts = text.split(separator: "/")
    guard text.hasPrefix("/"), !parts.contains(".."), !text.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
      collector.error(
        .invalidValue, at: node.position, "\(what) `\(text)` is no absolute path", suggestion: "begin it with `/`")
      return nil
    }
    return parts.isEmpty ? "/" : "/" + parts.joined(separator: "/")
  }

  func paths(_ node: YamlNode, _ what: String) -> [String]? { all(node, what, path) }

  func optionalPath(_ node: YamlNode, _ what: String) -> OptionalPath? {
    if node.scalar?.text == "none" { return OptionalPath.none }
    return path(node, what).map(OptionalPath.path)
  }

  func prefix(_ node: YamlNode, _ what: String) -> IPPrefix? {
    guard let text = collector.text(node, what) else { return nil }
    if let prefix = IPPrefix(text) { return prefix }
    collector.error(
      .invalidValue, at: node.position, "`\(text)` is no prefix", suggestion: "such as `10.244.0.0/16` or `fd00::/8`")
    return nil
  }

  /// A name of iproute2's `rt_protos`, or a number.
  func routeProtocol(_ node: YamlNode, _ what: String) -> UInt8? {
    guard let text = node.scalar?.text else {
      collector.wrongType(node, "\(what) is a name or a number, not \(node.kindName)")
      return nil
    }
    if let number = UInt8(text) ?? Self.routeProtocols[text] { return number }
    collector.error(
      .invalidValue, at: node.position, "`\(text)` is no routing protocol",
      suggestion: NearestName.suggestion(for: text, in: Self.routeProtocols.keys.sorted()))
    return nil
  }

  /// Source: `rt_protos` of iproute2 6.1, without those that mean the node itself set the route.
  private static let routeProtocols: [String: UInt8] = [
    "kernel": 2, "boot": 3, "static": 4, "gated": 8, "ra": 9, "mrt": 10, "zebra": 11, "bird": 12, "dnrouted": 13,
    "xorp": 14, "ntk": 15, "dhcp": 16, "keepalived": 18, "babel": 42, "bgp": 186, "isis": 187, "ospf": 188,
    "rip": 189, "eigrp": 192,
  ]

  func address(_ reader: MappingReader, _ key: String) -> IPAddress? {
    guard let node = reader.required(key), let text = collector.text(node, "`\(key)`") else { return nil }
    if let address = IPAddress(text) { return address }
    collector.error(
      .invalidValue, at: node.position, "`\(text)` is no IP address",
      suggestion: "names are not resolved: a resolver that fails would look like a network that does")
    return nil
  }
}
