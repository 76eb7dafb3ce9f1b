internal import Crypto

/// The SHA-256 of bytes that come piece by piece, such as those of a .deb.
public struct ArchiveFingerprint: Sendable {
  private var hash = SHA256()

  public init() {}

  public mutating func update(_ bytes: [UInt8]) { hash.update(data: bytes) }

  /// Of all bytes so far: 64 lower-case hexadecimal digits.
  public var text: String { Hexadecimal.text(of: hash.finalize()) }
}

/// Bytes as lower-case hexadecimal digits.
enum Hexadecimal {
  static func text(of bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
