/// Something that answers if the node's network works.
///
/// Only addresses are taken, never names, except as the question of a DNS probe: a name would make every probe one of
/// the resolver too, and its look-up cannot be given a deadline.
public enum ProbeTarget: Sendable, Hashable {
  /// `tcp:198.18.0.1:443`: a connection is accepted.
  case tcp(IPAddress, port: UInt16)
  /// `icmp:198.18.0.1`: an echo comes back.
  case icmp(IPAddress)
  /// `dns:example.com@198.18.0.1`: the server answers for the name, with or without addresses.
  case dns(name: String, server: IPAddress, port: UInt16)
  /// `http://198.18.0.1:8080/health`: the status is 2xx or 3xx, or just the one that is asked for.
  case http(IPAddress, port: UInt16, path: String, status: Int? = nil)
  /// `neighbour:198.18.0.1`: a machine on a link of this node answers ARP or neighbour discovery.
  case neighbour(IPAddress)
  /// `gateway`: each default gateway does.
  case gateway

  /// The address that packets go to; nil for the gateway, which the routes know.
  public var address: IPAddress? {
    switch self {
    case .tcp(let address, _), .icmp(let address), .dns(_, let address, _), .http(let address, _, _, _),
      .neighbour(let address):
      address
    case .gateway: nil
    }
  }
}

extension ProbeTarget: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tcp(let address, let port): "tcp:\(Self.endpoint(address, port))"
    case .icmp(let address): "icmp:\(address)"
    case .dns(let name, let server, 53): "dns:\(name)@\(server)"
    case .dns(let name, let server, let port): "dns:\(name)@\(Self.endpoint(server, port))"
    case .http(let address, let port, let path, let status):
      "http://\(port == 80 ? Self.bracketed(address) : Self.endpoint(address, port))\(path)"
        + (status.map { " with status \($0)" } ?? "")
    case .neighbour(let address): "neighbour:\(address)"
    case .gateway: "gateway"
    }
  }

  static func endpoint(_ address: IPAddress, _ port: UInt16) -> String { "\(bracketed(address)):\(port)" }

  /// An IPv6 address stands in brackets before a port (RFC 3986, section 3.2.2).
  static func bracketed(_ address: IPAddress) -> String { address.family == .ipv6 ? "[\(address)]" : "\(address)" }
}

extension ProbeTarget {
  /// The target that `text` names. Throws `malformedProbe`, saying what would be right.
  public init(_ text: String) throws(NetworkStateError) {
    if text == "gateway" {
      self = .gateway
    } else if let rest = Self.rest(of: text, after: "tcp:") {
      guard let (address, port) = Self.parse(rest), let port else { throw .probe(text, "tcp:198.18.0.1:443") }
      self = .tcp(address, port: port)
    } else if let rest = Self.rest(of: text, after: "icmp:") {
      guard let (address, port) = Self.parse(rest), port == nil else { throw .probe(text, "icmp:198.18.0.1") }
      self = .icmp(address)
    } else if let rest = Self.rest(of: text, after: "neighbour:") {
      guard let (address, port) = Self.parse(rest), port == nil else { throw .probe(text, "neighbour:198.18.0.1") }
      self = .neighbour(address)
    } else if let rest = Self.rest(of: text, after: "dns:") {
      self = try Self.dns(rest, of: text)
    } else if let rest = Self.rest(of: text, after: "http://") {
      self = try Self.http(rest, of: text)
    } else {
      throw .probe(
        text,
        "tcp:198.18.0.1:443, icmp:198.18.0.1, dns:NAME@198.18.0.1, http://198.18.0.1/, neighbour:198.18.0.1 or gateway")
    }
  }

  private static func rest(of text: String, after prefix: String) -> Substring? {
    text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : nil
  }

  private static func dns(_ rest: Substring, of text: String) throws(NetworkStateError) -> ProbeTarget {
    let parts = rest.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, DNSQuestion(name: String(parts[0])) != nil, let (server, port) = parse(parts[1]) else {
      throw .probe(text, "dns:example.com@198.18.0.1")
    }
    return .dns(name: String(parts[0]), server: server, port: port ?? 53)
  }

  private static func http(_ rest: Substring, of text: String) throws(NetworkStateError) -> ProbeTarget {
    let path = rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
    let authority = rest.prefix { $0 != "/" }
    guard let (address, port) = parse(authority), path.utf8.allSatisfy({ (33...126).contains($0) }) else {
      throw .probe(text, "http://198.18.0.1:8080/health")
    }
    return .http(address, port: port ?? 80, path: String(path))
  }

  /// `ADDRESS`, `IPV4:PORT`, `[IPV6]` or `[IPV6]:PORT`.
  private static func parse(_ text: Substring) -> (IPAddress, UInt16?)? {
    if let address = IPAddress(text) { return (address, nil) }
    let colon = text.lastIndex(of: ":")
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      guard let address = IPAddress(text[text.index(after: text.startIndex)..<end]), address.family == .ipv6 else {
        return nil
      }
      let rest = text[text.index(after: end)...]
      if rest.isEmpty { return (address, nil) }
      guard rest.hasPrefix(":"), let port = Self.port(rest.dropFirst()) else { return nil }
      return (address, port)
    }
    guard let colon, let address = IPAddress(text[..<colon]), address.family == .ipv4,
      let port = port(text[text.index(after: colon)...])
    else { return nil }
    return (address, port)
  }

  private static func port(_ text: Substring) -> UInt16? {
    guard let port = UInt16(text), port > 0, text.allSatisfy(\.isNumber) else { return nil }
    return port
  }
}

extension NetworkStateError {
  fileprivate static func probe(_ text: String, _ right: String) -> Self {
    Self(.malformedProbe, "`\(text)` names no probe, which needs addresses, not names; write it like \(right)")
  }
}
