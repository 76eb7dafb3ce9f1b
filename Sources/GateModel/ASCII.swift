extension UInt8 {
  /// Whether it is a letter or digit of ASCII, whatever the locale.
  public var isASCIILetterOrDigit: Bool {
    let lower = self | 0x20
    return (self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9"))
      || (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z"))
  }
}

extension Character {
  /// `isWhitespace`, without looking up the properties of what is ASCII, as nearly all is.
  public var isSpace: Bool {
    guard let byte = asciiValue else { return isWhitespace }
    return byte == UInt8(ascii: " ") || (9...13).contains(byte)
  }
}
