internal import GateModel

/// Takes the text of a CEL expression apart at the `&&` that stand outside of everything else.
enum ConditionParts {
  /// The conjuncts of `text`, trimmed; `text` alone if a `||` or `?` stands outside too.
  static func conjuncts(_ text: String) -> [String] {
    var scanner = Scanner(bytes: Array(text.utf8))
    let cuts = scanner.cuts()
    guard !cuts.isEmpty else { return [text.trimming(\.isSpace)] }
    var parts: [String] = []
    var start = 0
    for cut in cuts + [scanner.bytes.count] {
      parts.append(String(decoding: scanner.bytes[start..<cut], as: UTF8.self).trimming(\.isSpace))
      start = min(cut + 2, scanner.bytes.count)
    }
    return parts
  }

  private struct Scanner {
    let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Where the outer `&&` begin; empty if there are none or something weaker stands beside them.
    mutating func cuts() -> [Int] {
      var cuts: [Int] = []
      while position < bytes.count {
        switch bytes[position] {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
          skipString()
          continue
        case UInt8(ascii: "/") where starts("//"):
          while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
          continue
        case UInt8(ascii: "?") where depth == 0: return []
        case UInt8(ascii: "|") where depth == 0 && starts("||"): return []
        case UInt8(ascii: "&") where depth == 0 && starts("&&"):
          cuts.append(position)
          position += 1
        default: break
        }
        position += 1
      }
      return cuts
    }

    private func starts(_ text: StaticString) -> Bool {
      text.withUTF8Buffer { bytes[position...].starts(with: $0) }
    }

    /// Past a string that begins here; raw ones have an `r` before them.
    private mutating func skipString() {
      let quote = bytes[position]
      let isRaw = position > 0 && bytes[position - 1] | 0x20 == UInt8(ascii: "r")
      let isLong = bytes[position...].starts(with: [quote, quote, quote])
      let end = Array(repeating: quote, count: isLong ? 3 : 1)
      position += end.count
      while position < bytes.count, !bytes[position...].starts(with: end) {
        position += !isRaw && bytes[position] == UInt8(ascii: "\\") ? 2 : 1
      }
      position += end.count
    }
  }
}
