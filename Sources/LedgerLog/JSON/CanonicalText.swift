/// What the strings of canonical JSON say. The reader has found them to be well-formed.
enum CanonicalText {
  /// The string that `token` is; empty if it is none.
  static func string(_ token: CanonicalToken, in bytes: UnsafeBufferPointer<UInt8>) -> String {
    switch token {
    case .string(let start, let end):
      String(decoding: UnsafeBufferPointer(rebasing: bytes[Int(start)..<Int(end)]), as: UTF8.self)
    case .escapedString(let start, let end): unescaped(bytes[Int(start)..<Int(end)])
    default: ""
    }
  }

  private static func unescaped(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    var text: [UInt8] = []
    var position = bytes.startIndex
    while position < bytes.endIndex {
      if bytes[position] == UInt8(ascii: "\\") {
        text.append(meaning(of: bytes[position...]))
        position += bytes[position + 1] == UInt8(ascii: "u") ? 6 : 2
      } else {
        text.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// What the escape that `bytes` begins with stands for.
  private static func meaning(of bytes: Slice<UnsafeBufferPointer<UInt8>>) -> UInt8 {
    let letter = bytes[bytes.startIndex + 1]
    switch letter {
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "u"): return controlCharacter(bytes[bytes.startIndex + 4], bytes[bytes.startIndex + 5]) ?? 0
    default: return letter
    }
  }

  /// The control character that two lower-case hexadecimal digits name; nil if they name another or are none.
  static func controlCharacter(_ first: UInt8, _ second: UInt8) -> UInt8? {
    guard first == 0x30 || first == 0x31 else { return nil }
    let high = (first - 0x30) * 16
    switch second {
    case 0x30...0x39: return high + (second - 0x30)
    case 0x61...0x66: return high + (second - 0x61 + 10)
    default: return nil
    }
  }
}
