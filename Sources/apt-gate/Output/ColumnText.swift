/// Text measured in columns of a terminal.
enum ColumnText {
  static let ellipsis = "…"

  /// How many columns `text` takes; `text` holds no control characters.
  static func columns(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
  }

  /// `text` filled with spaces at its end up to `columns`.
  static func padded(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - self.columns(of: text)))
  }

  /// `text` if it fits into `columns`; otherwise its beginning and its end with an ellipsis between.
  static func fitted(_ text: String, to columns: Int) -> String {
    guard self.columns(of: text) > columns else { return text }
    guard columns > 1 else { return columns == 1 ? ellipsis : "" }
    let tail = (columns - 1) / 2
    let head = columns - 1 - tail
    return taking(head, from: Array(text.unicodeScalars)) + ellipsis
      + String(taking(tail, from: text.unicodeScalars.reversed()).unicodeScalars.reversed().map(Character.init))
  }

  /// `text` if it fits into `columns`; otherwise its beginning and an ellipsis.
  static func shortened(_ text: String, to columns: Int) -> String {
    guard self.columns(of: text) > columns else { return text }
    return taking(columns - 1, from: Array(text.unicodeScalars)) + ellipsis
  }

  /// `text` broken at spaces into lines of at most `columns`; a longer word is broken where it must be.
  static func wrapped(_ text: String, to columns: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ").flatMap({ pieces(of: $0, columns: max(1, columns)) }) {
      if line.isEmpty {
        line = word
      } else if self.columns(of: line) + 1 + self.columns(of: word) <= columns {
        line += " " + word
      } else {
        lines.append(line)
        line = word
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  private static func pieces(of word: Substring, columns: Int) -> [String] {
    var pieces: [String] = []
    var rest = Array(word.unicodeScalars)
    while !rest.isEmpty {
      var piece = taking(columns, from: rest)
      if piece.isEmpty { piece = String(rest[0]) }
      pieces.append(piece)
      rest.removeFirst(piece.unicodeScalars.count)
    }
    return pieces
  }

  private static func taking(_ columns: Int, from scalars: [Unicode.Scalar]) -> String {
    var result = String.UnicodeScalarView()
    var used = 0
    for scalar in scalars {
      used += self.columns(of: scalar)
      if used > columns { break }
      result.append(scalar)
    }
    return String(result)
  }

  /// Combining marks take no column; characters that Unicode (UAX #11) calls wide take two.
  private static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }
  }

  /// The blocks whose characters are wide. Source: EastAsianWidth.txt of Unicode 15, by blocks.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xa000...0xa4cf,
    0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f,
    0x1f900...0x1f9ff, 0x20000...0x3fffd,
  ]
}
