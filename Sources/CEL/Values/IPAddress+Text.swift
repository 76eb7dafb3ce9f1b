extension IPAddress {
  /// Reads dotted-quad IPv4 without leading zeros, or IPv6 (RFC 4291, section 2.2). Refused, with `nil`: a zone, and an
  /// IPv4 address in dotted form inside an IPv6 one where it is mapped (`::ffff:1.2.3.4`).
  public init?(text: String) {
    guard text.utf8.count <= 45, !text.utf8.isEmpty else { return nil }
    if text.utf8.contains(UInt8(ascii: ":")) {
      guard let address = Self.readIPv6(text) else { return nil }
      self = address
    } else {
      guard let bits = Self.readIPv4(text) else { return nil }
      self.init(ipv4: bits)
    }
  }

  private static func readIPv4(_ text: some StringProtocol) -> UInt32? {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.count), part.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      guard part.count == 1 || part.first != UInt8(ascii: "0") else { return nil }
      guard let octet = UInt8(String(decoding: part, as: UTF8.self)) else { return nil }
      bits = bits << 8 | UInt32(octet)
    }
    return bits
  }

  private static func readIPv6(_ text: String) -> IPAddress? {
    let halves = splitAtDoubleColon(text)
    guard halves.count <= 2, let head = readGroups(halves[0]) else { return nil }
    var groups = head
    if halves.count == 2 {
      guard let tail = readGroups(halves[1]), head.count + tail.count < 8 else { return nil }
      groups += Array(repeating: 0, count: 8 - head.count - tail.count) + tail
    }
    guard groups.count == 8 else { return nil }
    let high = groups[0..<4].reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
    let low = groups[4..<8].reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
    let address = IPAddress(high: high, low: low)
    return address.isIPv4 && text.utf8.contains(UInt8(ascii: ".")) ? nil : address
  }

  private static func splitAtDoubleColon(_ text: String) -> [Substring] {
    var halves: [Substring] = []
    var rest = text[...]
    while let index = rest.indices.first(where: { rest[$0...].hasPrefix("::") }) {
      halves.append(rest[..<index])
      rest = rest[index...].dropFirst(2)
    }
    return halves + [rest]
  }

  private static func readGroups(_ text: Substring) -> [UInt16]? {
    if text.isEmpty { return [] }
    var groups: [UInt16] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (position, part) in parts.enumerated() {
      if position == parts.count - 1, part.utf8.contains(UInt8(ascii: ".")) {
        guard let bits = readIPv4(part) else { return nil }
        groups += [UInt16(bits >> 16), UInt16(bits & 0xFFFF)]
      } else {
        guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHexDigit) else { return nil }
        guard let group = UInt16(part, radix: 16) else { return nil }
        groups.append(group)
      }
    }
    return groups
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }
}

extension IPAddress: CustomStringConvertible {
  /// The canonical text: RFC 5952 for IPv6, dotted quad for IPv4.
  public var description: String {
    if isIPv4 {
      return stride(from: 24, through: 0, by: -8).map { String(low >> UInt64($0) & 0xFF) }.joined(separator: ".")
    }
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: ($0 < 4 ? high : low) >> UInt64(48 - $0 % 4 * 16)) }
    guard let zeros = Self.longestZeros(groups) else { return Self.text(groups[...]) }
    return Self.text(groups[..<zeros.lowerBound]) + "::" + Self.text(groups[zeros.upperBound...])
  }

  private static func text(_ groups: ArraySlice<UInt16>) -> String {
    groups.map { String($0, radix: 16) }.joined(separator: ":")
  }

  /// The first of the longest runs of two or more zero groups.
  private static func longestZeros(_ groups: [UInt16]) -> Range<Int>? {
    var best: Range<Int>?
    var start = 0
    for position in 0...groups.count where position == groups.count || groups[position] != 0 {
      if position - start >= 2, position - start > (best?.count ?? 0) { best = start..<position }
      start = position + 1
    }
    return best
  }
}
