internal import FoundationEssentials

/// Base 64 with padding that has one text for each value. Source: RFC 4648, sections 3.5 and 4.
enum StrictBase64 {
  static func text(of bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// nil for another alphabet, missing padding, or bits beyond the last byte that are not zero.
  static func bytes(of text: some StringProtocol) -> [UInt8]? {
    guard let data = Data(base64Encoded: String(text)), data.base64EncodedString() == text else { return nil }
    return Array(data)
  }
}
