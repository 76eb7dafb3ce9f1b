/// One rtnetlink message as values: what the kernel says of one link, address, route, rule, nexthop or neighbour.
///
/// Attributes keep their order, and those that are not known are kept as bytes: encoding what was decoded gives
/// the same bytes, except that padding is always zero, as the kernel writes it.
public struct RoutingMessage: Hashable, Sendable {
  public var type: NetlinkMessageType
  public var flags: UInt16
  public var sequence: UInt32
  public var port: UInt32
  public var fixed: FixedHeader
  public var attributes: [NetlinkAttribute]

  public init(
    type: NetlinkMessageType, flags: UInt16 = 0, sequence: UInt32 = 0, port: UInt32 = 0, fixed: FixedHeader,
    attributes: [NetlinkAttribute]
  ) {
    self.type = type
    self.flags = flags
    self.sequence = sequence
    self.port = port
    self.fixed = fixed
    self.attributes = attributes
  }

  /// Decodes one message; what follows it in `bytes` is not looked at.
  ///
  /// Throws `malformedMessage` or `unsupportedMessage`; no bytes crash it.
  public init(_ bytes: UnsafeRawBufferPointer) throws(NetworkStateError) {
    let frame = try MessageFrame(bytes)
    guard let fixed = FixedHeader(frame.kind, frame.body) else { throw .shortMessage(at: 0) }
    self.init(
      type: frame.header.type, flags: frame.header.flags, sequence: frame.header.sequence,
      port: frame.header.port, fixed: fixed,
      attributes: NetlinkAttribute.list(frame.attributes, .table(for: frame.kind)) ?? [])
  }

  /// Decodes one message from an array; see ``init(_:)-(UnsafeRawBufferPointer)``.
  public init(_ bytes: [UInt8]) throws(NetworkStateError) {
    let result: Result<RoutingMessage, NetworkStateError> = bytes.withUnsafeBytes { raw in
      Result { () throws(NetworkStateError) in try RoutingMessage(raw) }
    }
    self = try result.get()
  }

  /// The message on the wire, with padding to a multiple of four after it.
  ///
  /// Throws `tooLarge` if an attribute is longer than its 16-bit length can say.
  public func encoded() throws(NetworkStateError) -> [UInt8] {
    guard attributes.allSatisfy({ $0.value.fitsWire }) else {
      throw NetworkStateError(.tooLarge, "an attribute is longer than 65535 bytes")
    }
    var bytes: [UInt8] = []
    let size = NetlinkHeader.size + FixedHeader.size(of: fixed.kind) + attributes.encodedSize
    bytes.reserveCapacity(size)
    NetlinkHeader(length: UInt32(size), type: type, flags: flags, sequence: sequence, port: port).append(to: &bytes)
    fixed.append(to: &bytes)
    for attribute in attributes { attribute.append(to: &bytes) }
    return bytes
  }

  /// The value of the first attribute of `kind`.
  func value<Kind: AttributeKind>(_ kind: Kind) -> AttributeValue? {
    attributes.first { $0.type == kind.rawValue }?.value
  }
}
