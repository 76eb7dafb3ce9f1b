/// Attribute values to bytes, laid out as the kernel does: every attribute starts at a multiple of four.
extension NetlinkAttribute {
  /// INVARIANT: a payload is at most 65,531 bytes, because lengths are 16 bits wide; what is longer is refused
  /// by ``RoutingMessage/encoded()`` before it gets here.
  func append(to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(integer: UInt16(0))
    bytes.append(integer: type | flags)
    value.append(to: &bytes)
    bytes.patch(UInt16(truncatingIfNeeded: bytes.count - start), at: start)
    bytes.padToFour()
  }
}

extension AttributeValue {
  func append(to bytes: inout [UInt8]) {
    switch self {
    case .uint8(let value): bytes.append(value)
    case .uint16(let value): bytes.append(integer: value)
    case .uint32(let value): bytes.append(integer: value)
    case .uint64(let value): bytes.append(integer: value)
    case .text(let text): bytes += Array(text.utf8) + [0]
    case .ipAddress(let address): bytes += address.bytes
    case .words(let words): for word in words { bytes.append(integer: word) }
    case .nested(let attributes): for attribute in attributes { attribute.append(to: &bytes) }
    case .legs(let legs): for leg in legs { leg.append(to: &bytes) }
    case .via(let family, let address):
      bytes.append(integer: family)
      bytes += address
    case .members(let members): for member in members { member.append(to: &bytes) }
    case .bytes(let payload): bytes += payload
    }
  }

  /// Bytes that the value takes, without padding after it.
  var encodedSize: Int {
    switch self {
    case .uint8: 1
    case .uint16: 2
    case .uint32: 4
    case .uint64: 8
    case .text(let text): text.utf8.count + 1
    case .ipAddress(let address): address.family.byteCount
    case .words(let words): 4 * words.count
    case .nested(let attributes): attributes.encodedSize
    case .legs(let legs): legs.reduce(0) { $0 + RouteLeg.headerSize + $1.attributes.encodedSize }
    case .via(_, let address): 2 + address.count
    case .members(let members): NexthopMember.size * members.count
    case .bytes(let payload): payload.count
    }
  }

  /// Whether every length in it fits the 16 bits that it has on the wire.
  var fitsWire: Bool {
    guard encodedSize <= Int(UInt16.max) - 4 else { return false }
    switch self {
    case .nested(let attributes): return attributes.allSatisfy { $0.value.fitsWire }
    case .legs(let legs): return legs.allSatisfy { $0.attributes.allSatisfy { $0.value.fitsWire } }
    default: return true
    }
  }
}

extension [NetlinkAttribute] {
  var encodedSize: Int { reduce(0) { $0 + 4 + alignedToFour($1.value.encodedSize) } }
}

extension RouteLeg {
  func append(to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(integer: UInt16(0))
    bytes += [flags, hops]
    bytes.append(integer: index)
    for attribute in attributes { attribute.append(to: &bytes) }
    bytes.patch(UInt16(truncatingIfNeeded: bytes.count - start), at: start)
    bytes.padToFour()
  }
}

extension NexthopMember {
  func append(to bytes: inout [UInt8]) {
    bytes.append(integer: id)
    bytes += [weight, weightHigh]
    bytes.append(integer: reserved)
  }
}
