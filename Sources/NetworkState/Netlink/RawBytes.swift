/// Reading integers at outside offsets: every read is checked, none crashes.
extension UnsafeRawBufferPointer {
  /// The integer at `offset` in the byte order of the machine; nil if it does not fit.
  func load<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type, at offset: Int) -> T? {
    guard offset >= 0, count - MemoryLayout<T>.size >= offset else { return nil }
    return loadUnaligned(fromByteOffset: offset, as: type)
  }

  /// The bytes from `offset` on, `length` of them; nil if there are fewer.
  func slice(at offset: Int, length: Int) -> UnsafeRawBufferPointer? {
    guard offset >= 0, length >= 0, offset <= count, count - offset >= length else { return nil }
    return UnsafeRawBufferPointer(rebasing: self[offset..<(offset + length)])
  }

  /// Whether both hold the same bytes.
  func hasSameBytes(as other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    return elementsEqual(other)
  }
}

extension [UInt8] {
  /// Appends an integer in the byte order of the machine.
  mutating func append(integer value: some FixedWidthInteger & BitwiseCopyable) {
    Swift.withUnsafeBytes(of: value) { append(contentsOf: $0) }
  }

  /// Overwrites two bytes at `offset`, which the caller appended before.
  mutating func patch(_ value: UInt16, at offset: Int) {
    Swift.withUnsafeBytes(of: value) { bytes in
      for index in 0..<2 { self[offset + index] = bytes[index] }
    }
  }

  /// Appends zeros until the number of bytes is a multiple of four (`NLMSG_ALIGN`, `RTA_ALIGN`).
  mutating func padToFour() {
    while count % 4 != 0 { append(0) }
  }
}

/// `length` rounded up to netlink's alignment; the lengths here are at most 32 bits wide.
func alignedToFour(_ length: Int) -> Int { (length + 3) & ~3 }
