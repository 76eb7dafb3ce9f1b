/// A tar header of 512 bytes, its fields taken apart. Source: POSIX.1-2024 `pax`, and GNU tar's manual, "Basic Tar Format".
struct TarHeader {
  static let size = 512

  /// Name with its prefix, as it stands.
  var name: [UInt8]
  var linkName: [UInt8]
  var size: UInt64
  var mode: UInt32
  var type: UInt8

  /// nil if the checksum is wrong or a number is none.
  init?(_ block: [UInt8]) {
    guard block.count == Self.size, Self.hasRightChecksum(block),
      let size = Self.number(block[124..<136]), let mode = Self.number(block[100..<108])
    else { return nil }
    self.size = size
    self.mode = UInt32(truncatingIfNeeded: mode) & 0o7777
    type = block[156]
    linkName = Self.text(block[157..<257])
    name = Self.text(block[0..<100])
    // Old GNU archives ("ustar  ") keep times where POSIX has a prefix.
    if block[257..<263].elementsEqual(Array("ustar\0".utf8)) {
      let prefix = Self.text(block[345..<500])
      if !prefix.isEmpty { name = prefix + [UInt8(ascii: "/")] + name }
    }
  }

  private static func text(_ field: ArraySlice<UInt8>) -> [UInt8] { Array(field.prefix { $0 != 0 }) }

  /// Octal digits padded with spaces and NULs, or base-256 (GNU) where the top bit is set.
  ///
  /// nil for anything else, for negative numbers and for numbers from 2^62 on.
  static func number(_ field: ArraySlice<UInt8>) -> UInt64? {
    guard let first = field.first else { return nil }
    if first & 0x80 != 0 { return first == 0x80 ? base256(field.dropFirst()) : nil }
    var value: UInt64 = 0
    let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0x20 && $0 != 0 }
    for digit in digits {
      guard digit >= 0x30, digit <= 0x37, value < 1 << 59 else { return nil }
      value = value << 3 | UInt64(digit - 0x30)
    }
    let rest = field.drop { $0 == 0x20 }.dropFirst(digits.count)
    return rest.allSatisfy { $0 == 0x20 || $0 == 0 } ? value : nil
  }

  private static func base256(_ bytes: ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for byte in bytes {
      guard value < 1 << 54 else { return nil }
      value = value << 8 | UInt64(byte)
    }
    return value
  }

  /// The sum of all bytes with the checksum itself taken as spaces; some old tars summed signed bytes.
  private static func hasRightChecksum(_ block: [UInt8]) -> Bool {
    guard let expected = number(block[148..<156]) else { return false }
    var unsigned = 0
    var signed = 0
    for (index, byte) in block.enumerated() {
      let value = (148..<156).contains(index) ? 0x20 : byte
      unsigned += Int(value)
      signed += Int(Int8(bitPattern: value))
    }
    return UInt64(unsigned) == expected || Int64(signed) == Int64(expected)
  }
}
