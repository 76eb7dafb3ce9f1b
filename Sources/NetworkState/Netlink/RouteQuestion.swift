/// Asks the kernel which way packets to an address go (`RTM_GETROUTE` without `NLM_F_DUMP`).
public struct RouteQuestion: Sendable, Hashable {
  public enum Answer: Sendable, Hashable {
    case noRoute
    /// The address is on a link of the node.
    case direct
    case via(IPAddress)
  }

  private let address: IPAddress

  public init(_ address: IPAddress) { self.address = address }

  public func bytes(sequence: UInt32) -> [UInt8] {
    let request: UInt16 = 1
    let getRoute = NetlinkMessageType(rawValue: NetlinkMessageType.newRoute.rawValue + 2)
    let header = RouteHeader(
      family: address.family.rawValue, destinationLength: address.family.bitCount, table: 0, protocol: 0, type: 0)
    let message = RoutingMessage(
      type: getRoute, flags: request, sequence: sequence, fixed: .route(header),
      attributes: [NetlinkAttribute(type: RouteAttribute.destination.rawValue, value: .ipAddress(address))])
    return (try? message.encoded()) ?? []
  }

  /// The kernel's answer in a datagram; nil if it is none to the question with this number.
  public static func answer(_ datagram: UnsafeRawBufferPointer, to sequence: UInt32) -> Answer? {
    guard let header = NetlinkHeader(datagram), header.sequence == sequence else { return nil }
    guard let frame = try? MessageFrame(datagram), let route = Route(frame) else { return .noRoute }
    return route.type.isReject ? .noRoute : route.gateway.map(Answer.via) ?? .direct
  }
}
