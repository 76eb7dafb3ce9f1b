/// The fixed part that follows the netlink header; each kind of object has its own.
public enum FixedHeader: Hashable, Sendable {
  case link(LinkHeader)
  case address(AddressHeader)
  /// Routes and rules share a layout (`struct rtmsg`, `struct fib_rule_hdr`).
  case route(RouteHeader)
  case rule(RouteHeader)
  case nexthop(NexthopHeader)
  case neighbour(NeighbourHeader)

  public var kind: NetworkObjectKind {
    switch self {
    case .link: .link
    case .address: .address
    case .route: .route
    case .rule: .rule
    case .nexthop: .nexthop
    case .neighbour: .neighbour
    }
  }

  /// Bytes that the fixed part of `kind` takes.
  static func size(of kind: NetworkObjectKind) -> Int {
    switch kind {
    case .link: LinkHeader.size
    case .address: AddressHeader.size
    case .route, .rule: RouteHeader.size
    case .nexthop: NexthopHeader.size
    case .neighbour: NeighbourHeader.size
    }
  }

  /// Nil if `bytes` are fewer than the kind needs.
  init?(_ kind: NetworkObjectKind, _ bytes: UnsafeRawBufferPointer) {
    switch kind {
    case .link: self.init(LinkHeader(bytes).map(Self.link))
    case .address: self.init(AddressHeader(bytes).map(Self.address))
    case .route: self.init(RouteHeader(bytes).map(Self.route))
    case .rule: self.init(RouteHeader(bytes).map(Self.rule))
    case .nexthop: self.init(NexthopHeader(bytes).map(Self.nexthop))
    case .neighbour: self.init(NeighbourHeader(bytes).map(Self.neighbour))
    }
  }

  private init?(_ value: Self?) {
    guard let value else { return nil }
    self = value
  }

  func append(to bytes: inout [UInt8]) {
    switch self {
    case .link(let header): header.append(to: &bytes)
    case .address(let header): header.append(to: &bytes)
    case .route(let header), .rule(let header): header.append(to: &bytes)
    case .nexthop(let header): header.append(to: &bytes)
    case .neighbour(let header): header.append(to: &bytes)
    }
  }
}
