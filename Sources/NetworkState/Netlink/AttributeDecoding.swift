/// Bytes to attribute values.
extension NetlinkAttribute {
  /// The attributes in `bytes`, or nil if they are not well formed.
  static func list(_ bytes: UnsafeRawBufferPointer, _ table: AttributeTable) -> [NetlinkAttribute]? {
    guard AttributeCursor.isWellFormed(bytes) else { return nil }
    return AttributeCursor(bytes).map { element in
      let value = AttributeValue(element.payload, table.format(of: element.type))
      return NetlinkAttribute(type: element.type, flags: element.flags, value: value)
    }
  }
}

extension AttributeValue {
  /// The value of a payload; `bytes` where it does not have the format exactly.
  init(_ payload: UnsafeRawBufferPointer, _ format: AttributeFormat) {
    let value = Self.decode(payload, format)
    guard let value, value.isFaithful(to: payload) else {
      self = .bytes(Array(payload))
      return
    }
    self = value
  }

  private static func decode(_ payload: UnsafeRawBufferPointer, _ format: AttributeFormat) -> Self? {
    switch format {
    case .uint8: payload.count == 1 ? .uint8(payload[0]) : nil
    case .uint16: payload.count == 2 ? payload.load(UInt16.self, at: 0).map(Self.uint16) : nil
    case .uint32: payload.count == 4 ? payload.load(UInt32.self, at: 0).map(Self.uint32) : nil
    case .uint64: payload.count == 8 ? payload.load(UInt64.self, at: 0).map(Self.uint64) : nil
    case .text: text(payload)
    case .ipAddress: IPAddress(payload).map(Self.ipAddress)
    case .words: words(payload)
    case .nested(let table): NetlinkAttribute.list(payload, table).map(Self.nested)
    case .legs: RouteLeg.list(payload).map(Self.legs)
    case .via: via(payload)
    case .members: members(payload)
    case .bytes: nil
    }
  }

  /// Whether encoding gives `payload` again; composed values may have been padded with other bytes than zeros.
  private func isFaithful(to payload: UnsafeRawBufferPointer) -> Bool {
    switch self {
    case .nested, .legs, .text:
      var bytes: [UInt8] = []
      bytes.reserveCapacity(payload.count)
      append(to: &bytes)
      return bytes.withUnsafeBytes { $0.hasSameBytes(as: payload) }
    default: return true
    }
  }

  private static func text(_ payload: UnsafeRawBufferPointer) -> Self? {
    guard payload.last == 0, !payload.dropLast().contains(0) else { return nil }
    return .text(String(decoding: payload.dropLast(), as: UTF8.self))
  }

  private static func words(_ payload: UnsafeRawBufferPointer) -> Self? {
    guard payload.count % 4 == 0, !payload.isEmpty else { return nil }
    return .words(stride(from: 0, to: payload.count, by: 4).compactMap { payload.load(UInt32.self, at: $0) })
  }

  private static func via(_ payload: UnsafeRawBufferPointer) -> Self? {
    guard let family = payload.load(UInt16.self, at: 0) else { return nil }
    return .via(family: family, address: Array(payload.dropFirst(2)))
  }

  private static func members(_ payload: UnsafeRawBufferPointer) -> Self? {
    guard payload.count % NexthopMember.size == 0 else { return nil }
    let offsets = stride(from: 0, to: payload.count, by: NexthopMember.size)
    return .members(offsets.compactMap { NexthopMember(payload, at: $0) })
  }
}

extension RouteLeg {
  /// The legs in the payload of `RTA_MULTIPATH`, or nil if they are not well formed.
  static func list(_ payload: UnsafeRawBufferPointer) -> [RouteLeg]? {
    var legs: [RouteLeg] = []
    var offset = 0
    while offset < payload.count {
      guard let length = payload.load(UInt16.self, at: offset), Int(length) >= headerSize,
        let leg = payload.slice(at: offset, length: Int(length)), let index = leg.load(Int32.self, at: 4),
        let rest = leg.slice(at: headerSize, length: leg.count - headerSize),
        let attributes = NetlinkAttribute.list(rest, .leg)
      else { return nil }
      legs.append(RouteLeg(flags: leg[2], hops: leg[3], index: index, attributes: attributes))
      offset += alignedToFour(Int(length))
    }
    return legs
  }
}
