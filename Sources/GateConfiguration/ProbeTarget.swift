public import NetworkState

/// Something that must be reachable after a change if it was before. Only addresses: a name that does not resolve would
/// be a second way to fail.
public enum ProbeTarget: Sendable, Hashable {
  /// A TCP connection is accepted.
  case tcp(IPAddress, port: UInt16)
  /// An ICMP echo is answered.
  case icmp(IPAddress)
  /// A name server answers a query for the addresses of a name.
  case dns(IPAddress, name: String)
  /// A request to `http://ADDRESS:PORT/PATH` has the status.
  case http(IPAddress, port: UInt16, path: String, status: Int)
  /// A neighbour on a link answers ARP or neighbour solicitation: the gateway.
  case neighbour(IPAddress)

  public enum Kind: String, Sendable, CaseIterable {
    case tcp, icmp, dns, http, neighbour
  }

  public var address: IPAddress {
    switch self {
    case .tcp(let address, _), .icmp(let address), .dns(let address, _), .http(let address, _, _, _),
      .neighbour(let address):
      address
    }
  }
}
