/// A part of an expression's text, in UTF-8 offsets.
public struct SourceRange: Hashable, Sendable {
  /// Offset of the first byte.
  public let lower: Int
  /// Offset after the last byte.
  public let upper: Int

  /// A range of offsets.
  public init(lower: Int, upper: Int) {
    self.lower = lower
    self.upper = upper
  }
}

/// A place in an expression, counted from 1; columns count code points.
public struct SourcePosition: Hashable, Sendable {
  /// The line, from 1 on.
  public let line: Int
  /// The column in code points, from 1 on.
  public let column: Int
}

/// An expression's text, which turns offsets into positions.
public struct SourceText: Sendable {
  /// The text.
  public let text: String

  /// A text to find positions in.
  public init(_ text: String) { self.text = text }

  /// The position of an offset; beyond the end, the end.
  public func position(at offset: Int) -> SourcePosition {
    var line = 1
    var column = 1
    for byte in text.utf8.prefix(max(0, offset)) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return SourcePosition(line: line, column: column)
  }

  /// The text of a range.
  public subscript(range: SourceRange) -> String {
    String(decoding: text.utf8.dropFirst(range.lower).prefix(range.upper - range.lower), as: UTF8.self)
  }
}
