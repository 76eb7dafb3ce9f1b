/// A message taken apart into its header, its fixed part and its attributes, without copying.
///
/// INVARIANT: the fixed part is complete and the attributes are well formed.
struct MessageFrame {
  let header: NetlinkHeader
  let kind: NetworkObjectKind
  /// Everything after the netlink header.
  let body: UnsafeRawBufferPointer
  let attributes: UnsafeRawBufferPointer

  /// Throws if `bytes` do not start with a complete message about a network object. `offset` is only for the
  /// error's message.
  ///
  /// `isKnown` says that this very message was accepted before, so that its attributes are not walked again.
  init(_ bytes: UnsafeRawBufferPointer, offset: Int = 0, isKnown: Bool = false) throws(NetworkStateError) {
    guard let header = NetlinkHeader(bytes), Int(header.length) >= NetlinkHeader.size,
      let body = bytes.slice(at: NetlinkHeader.size, length: Int(header.length) - NetlinkHeader.size)
    else { throw .shortMessage(at: offset) }
    guard let kind = header.type.object, header.type.rawValue & 3 < 2 else {
      throw NetworkStateError(.unsupportedMessage, "message of type \(header.type.rawValue) at byte \(offset)")
    }
    let fixedSize = FixedHeader.size(of: kind)
    guard let attributes = body.slice(at: fixedSize, length: body.count - fixedSize) else {
      throw .shortMessage(at: offset)
    }
    guard isKnown || AttributeCursor.isWellFormed(attributes) else {
      throw NetworkStateError(.malformedMessage, "broken attribute in the \(kind.rawValue) message at byte \(offset)")
    }
    self.init(header: header, kind: kind, body: body, attributes: attributes)
  }

  private init(
    header: NetlinkHeader, kind: NetworkObjectKind, body: UnsafeRawBufferPointer, attributes: UnsafeRawBufferPointer
  ) {
    self.header = header
    self.kind = kind
    self.body = body
    self.attributes = attributes
  }
}

extension NetworkStateError {
  static func shortMessage(at offset: Int) -> Self {
    Self(.malformedMessage, "the message at byte \(offset) is cut off")
  }
}
