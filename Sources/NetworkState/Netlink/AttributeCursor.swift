/// Walks over the attributes in some bytes without copying them.
///
/// It ends at the first attribute that is malformed; ``isWellFormed(_:)`` tells whether there is one.
struct AttributeCursor: Sequence, IteratorProtocol {
  struct Element {
    /// The type without its two flag bits.
    var type: UInt16
    var flags: UInt16
    var payload: UnsafeRawBufferPointer
  }

  private static let headerSize = 4
  private let bytes: UnsafeRawBufferPointer
  private var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func next() -> Element? {
    guard let length = bytes.load(UInt16.self, at: offset), let type = bytes.load(UInt16.self, at: offset + 2),
      Int(length) >= Self.headerSize,
      let payload = bytes.slice(at: offset + Self.headerSize, length: Int(length) - Self.headerSize)
    else { return nil }
    offset += alignedToFour(Int(length))
    return Element(
      type: type & ~NetlinkAttribute.flagMask, flags: type & NetlinkAttribute.flagMask, payload: payload)
  }

  /// Whether `bytes` are attributes from the first to the last byte; padding after the last may be missing.
  static func isWellFormed(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var cursor = AttributeCursor(bytes)
    while cursor.next() != nil {}
    return cursor.offset >= bytes.count
  }

  /// The payload of the first attribute of `type`.
  static func find(_ type: UInt16, in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    AttributeCursor(bytes).first { $0.type == type }?.payload
  }
}
