/// Where the characters of a scalar stand in the file, whatever style it is written in.
///
/// Apart from white space, quotes and escapes, a scalar's text has the characters of the file in the file's
/// order. So the n-th visible character of the text is the n-th visible one in the file.
public struct ScalarPositions {
  private let node: YamlNode
  private let collector: DiagnosticCollector

  public init(_ node: YamlNode, _ collector: DiagnosticCollector) {
    self.node = node
    self.collector = collector
  }

  /// The place in the file of the character at `offset`, counted in UTF-8 from the beginning of the text.
  public func position(utf8Offset offset: Int) -> DocumentPosition {
    guard let scalar = node.scalar else { return node.position }
    let before = String(decoding: scalar.text.utf8.prefix(max(0, offset)), as: UTF8.self)
    let visible = before.unicodeScalars.count { !Self.isSpace($0) }
    let total = scalar.text.unicodeScalars.count { !Self.isSpace($0) }
    if visible == total, total > 0, let last = place(ofVisible: total - 1, scalar.style) {
      return DocumentPosition(line: last.line, column: last.column + 1)
    }
    return place(ofVisible: visible, scalar.style) ?? node.position
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
  }

  private func place(ofVisible number: Int, _ style: YamlScalar.Style) -> DocumentPosition? {
    var reader = Reader(collector: collector, position: node.position)
    switch style {
    case .plain: break
    case .quoted: _ = reader.next()
    case .literal, .folded: reader.skipLine()
    }
    // The node begins with its quote, so the character there says which quotes they are.
    let quote = style == .quoted ? character(at: node.position) : nil
    var seen = 0
    var last: DocumentPosition?
    while let (scalar, position) = reader.next() {
      guard !Self.isSpace(scalar) else { continue }
      if seen == number { return position }
      last = position
      seen += 1
      switch (quote, scalar) {
      case ("\"", "\\"): reader.skipEscape()
      case ("'", "'"): _ = reader.next()
      default: break
      }
    }
    return last
  }

  private func character(at position: DocumentPosition) -> Unicode.Scalar? {
    var reader = Reader(collector: collector, position: position)
    return reader.next()?.scalar
  }

  /// Walks through the file.
  private struct Reader {
    let collector: DiagnosticCollector
    var position: DocumentPosition
    private var line: [Unicode.Scalar] = []
    private var loaded = 0

    init(collector: DiagnosticCollector, position: DocumentPosition) {
      self.collector = collector
      self.position = position
    }

    /// The next character and its place; line ends count as spaces; nil at the end of the file.
    mutating func next() -> (scalar: Unicode.Scalar, position: DocumentPosition)? {
      if loaded != position.line {
        guard let text = collector.line(position.line) else { return nil }
        line = Array(text.unicodeScalars)
        loaded = position.line
      }
      let here = position
      guard position.column <= line.count else {
        skipLine()
        return ("\n", here)
      }
      position.column += 1
      return (line[here.column - 1], here)
    }

    mutating func skipLine() { position = DocumentPosition(line: position.line + 1, column: 1) }

    /// After a backslash in double quotes.
    mutating func skipEscape() {
      let digits: [Unicode.Scalar: Int] = ["x": 2, "u": 4, "U": 8]
      guard let (letter, _) = next() else { return }
      for _ in 0..<(digits[letter] ?? 0) { _ = next() }
    }
  }
}
