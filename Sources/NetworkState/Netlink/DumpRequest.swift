/// A request for every object of a kind and family (`RTM_GET...` with `NLM_F_DUMP`).
public struct DumpRequest: Hashable, Sendable {
  public var kind: NetworkObjectKind
  /// Nil asks for all families at once, which only links and nexthops need.
  public var family: AddressFamily?

  /// What a snapshot asks for, in this order: what others refer to comes first.
  public static let all: [DumpRequest] = [
    DumpRequest(kind: .link, family: nil),
    DumpRequest(kind: .address, family: .ipv4), DumpRequest(kind: .address, family: .ipv6),
    DumpRequest(kind: .nexthop, family: nil),
    DumpRequest(kind: .route, family: .ipv4), DumpRequest(kind: .route, family: .ipv6),
    DumpRequest(kind: .rule, family: .ipv4), DumpRequest(kind: .rule, family: .ipv6),
    DumpRequest(kind: .neighbour, family: .ipv4), DumpRequest(kind: .neighbour, family: .ipv6),
  ]

  /// `NLM_F_REQUEST | NLM_F_DUMP`, linux/netlink.h.
  private static let flags: UInt16 = 0x301
  /// `RTEXT_FILTER_SKIP_STATS`, linux/rtnetlink.h: counters are no state.
  private static let skipStatistics: UInt32 = 8
  private static let extendedMask: UInt16 = 29

  /// The request on the wire. Under strict checking every field that is no filter must be zero.
  public func bytes(sequence: UInt32) -> [UInt8] {
    var body = [UInt8](repeating: 0, count: FixedHeader.size(of: kind))
    body[0] = family?.rawValue ?? 0
    if kind == .link {
      NetlinkAttribute(type: Self.extendedMask, value: .uint32(Self.skipStatistics)).append(to: &body)
    }
    var bytes: [UInt8] = []
    let length = UInt32(NetlinkHeader.size + body.count)
    NetlinkHeader(length: length, type: type, flags: Self.flags, sequence: sequence, port: 0).append(to: &bytes)
    return bytes + body
  }

  /// `RTM_GET...`: two more than `RTM_NEW...`.
  private var type: NetlinkMessageType {
    let new: NetlinkMessageType =
      switch kind {
      case .link: .newLink
      case .address: .newAddress
      case .nexthop: .newNexthop
      case .route: .newRoute
      case .rule: .newRule
      case .neighbour: .newNeighbour
      }
    return NetlinkMessageType(rawValue: new.rawValue + 2)
  }
}
