/// Bytes in lower-case hexadecimal.
enum Hexadecimal {
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  /// Random bytes that nobody can guess.
  static func secret(words: Int = 4) -> String {
    var generator = SystemRandomNumberGenerator()
    return text((0..<words).flatMap { _ in withUnsafeBytes(of: generator.next() as UInt64) { Array($0) } })
  }
}
