internal import GateModel

/// Percent-encoding of URLs (RFC 3986, section 2.1).
enum PercentEncoding {
  /// For a segment of a path or a value of a query: all but the unreserved characters (section 2.3).
  static func encode(_ text: String) -> String {
    text.utf8.map { byte in
      byte.isASCIILetterOrDigit || "-._~".utf8.contains(byte)
        ? String(Unicode.Scalar(byte)) : "%" + Hexadecimal.text([byte]).uppercased()
    }.joined()
  }

  /// nil if the text is not well encoded or what comes out is not UTF-8.
  static func decode(_ text: some StringProtocol) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
        return nil
      }
      rest = rest.dropFirst(2)
      bytes.append(value)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
