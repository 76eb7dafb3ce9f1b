/// The way of writing addresses that `inet_ntop(3)` has, which `ip` prints.
extension IPAddress: CustomStringConvertible {
  public var description: String {
    family == .ipv4 ? Self.dotted(low) : ipv6Text
  }

  private static func dotted(_ value: UInt64) -> String {
    [24, 16, 8, 0].map { String(value >> $0 & 255) }.joined(separator: ".")
  }

  private var groups: [UInt64] {
    [high, low].flatMap { word in [48, 32, 16, 0].map { word >> $0 & 0xFFFF } }
  }

  private var ipv6Text: String {
    let groups = groups
    let zeros = Self.longestZeros(groups)
    if high == 0, zeros.lowerBound == 0, zeros.count == 6 || zeros.count == 5 && groups[5] == 0xFFFF {
      return (zeros.count == 6 ? "::" : "::ffff:") + Self.dotted(low & 0xFFFF_FFFF)
    }
    let hex = groups.map { String($0, radix: 16) }
    if zeros.isEmpty { return hex.joined(separator: ":") }
    return hex[..<zeros.lowerBound].joined(separator: ":") + "::" + hex[zeros.upperBound...].joined(separator: ":")
  }

  /// The first longest run of at least two zeros; empty if there is none.
  private static func longestZeros(_ groups: [UInt64]) -> Range<Int> {
    var best = 0..<0
    var start = 0
    for (index, group) in groups.enumerated() {
      if group != 0 {
        start = index + 1
      } else if index + 1 - start > max(best.count, 1) {
        best = start..<(index + 1)
      }
    }
    return best
  }

  /// The address that `text` writes: dotted IPv4, or IPv6 with or without `::`; nil if it is neither.
  public init?(_ text: some StringProtocol) {
    if let value = Self.parseDotted(text) {
      self.init(ipv4: value)
    } else if let groups = Self.parseGroups(text) {
      let words = groups.map(UInt64.init)
      self.init(
        ipv6High: words[0] << 48 | words[1] << 32 | words[2] << 16 | words[3],
        low: words[4] << 48 | words[5] << 32 | words[6] << 16 | words[7])
    } else {
      return nil
    }
  }

  private static func parseDotted(_ text: some StringProtocol) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var value: UInt32 = 0
    for part in parts {
      guard part.utf8.allSatisfy({ (48...57).contains($0) }), let byte = UInt8(part) else { return nil }
      value = value << 8 | UInt32(byte)
    }
    return value
  }

  /// Eight groups.
  private static func parseGroups(_ text: some StringProtocol) -> [UInt16]? {
    let halves = String(text).split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
    guard let first = halves.first, halves.count <= 2, let head = parseHalf(first, isLast: halves.count == 1) else {
      return nil
    }
    if halves.count == 1 { return head.count == 8 ? head : nil }
    guard let tail = parseHalf(halves[1], isLast: true), head.count + tail.count < 8 else { return nil }
    return head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
  }

  /// Groups between colons; the last may be a dotted IPv4 address.
  private static func parseHalf(_ text: Substring, isLast: Bool) -> [UInt16]? {
    if text.isEmpty { return [] }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    var groups: [UInt16] = []
    for (index, part) in parts.enumerated() {
      if isLast, index == parts.count - 1, let value = parseDotted(part) {
        groups += [UInt16(truncatingIfNeeded: value >> 16), UInt16(truncatingIfNeeded: value)]
      } else {
        guard (1...4).contains(part.utf8.count), part.allSatisfy(\.isHexDigit), let group = UInt16(part, radix: 16)
        else { return nil }
        groups.append(group)
      }
    }
    return groups
  }
}
