/// Reads tokens into a tree: precedence climbing for operators, recursive descent for the rest, bounded in depth.
///
/// After an error it goes on at the next place it can, so that all errors of an expression are found at once.
struct Parser {
  let tokens: [Token]
  let options: ParserOptions
  let bytes: [UInt8]
  var log: IssueLog
  var position = 0
  var depth = 0
  var nextID = 0
  /// Token at which an error was reported; a second one there would only repeat it.
  var reportedAt: Int?

  init(source: SourceText, options: ParserOptions) {
    var lexer = Lexer(source: source)
    tokens = lexer.tokens()
    bytes = lexer.bytes
    log = lexer.log
    self.options = options
  }

  static func parse(_ source: SourceText, _ options: ParserOptions) throws(Issues) -> ParsedExpression {
    guard source.text.utf8.count <= ParserOptions.lengthLimit else {
      var log = IssueLog(source: source, phase: .parse)
      log.report(
        "the expression is longer than \(ParserOptions.lengthLimit) bytes", at: SourceRange(lower: 0, upper: 0))
      throw Issues(all: log.issues)
    }
    var parser = Parser(source: source, options: options)
    let root = parser.expression()
    parser.expectEnd()
    var bound = NestingBound()
    if bound.depth(root) > ParserOptions.valueDepthLimit {
      parser.log.report("the values are nested more than \(ParserOptions.valueDepthLimit) deep", at: root.range)
    }
    try parser.log.throwIfAny()
    return ParsedExpression(source: source, root: root, nodeCount: parser.nextID)
  }

  var current: Token { tokens[min(position, tokens.count - 1)] }

  func text(_ token: Token) -> String {
    String(decoding: bytes[token.range.lower..<token.range.upper], as: UTF8.self)
  }

  func isAt(_ symbol: Token.Symbol) -> Bool { current.kind == .symbol(symbol) }

  mutating func take(_ symbol: Token.Symbol) -> Bool {
    guard isAt(symbol) else { return false }
    position += 1
    return true
  }

  mutating func report(_ message: String, at token: Token) {
    guard reportedAt != position else { return }
    reportedAt = position
    log.report(message, at: token.range)
  }

  var currentText: String { current.kind == .end ? "the end" : "`\(text(current))`" }

  /// Takes the closing symbol; where it is missing, skips to it within this nesting.
  mutating func expect(_ symbol: Token.Symbol) {
    if take(symbol) { return }
    report("expected `\(symbol.rawValue)`, found \(currentText)", at: current)
    var open = 0
    while current.kind != .end {
      if open == 0, take(symbol) { return }
      switch current.kind {
      case .symbol(.leftParen), .symbol(.leftBracket), .symbol(.leftBrace): open += 1
      case .symbol(.rightParen), .symbol(.rightBracket), .symbol(.rightBrace):
        if open == 0 { return }
        open -= 1
      default: break
      }
      position += 1
    }
  }

  private mutating func expectEnd() {
    while current.kind != .end {
      report("expected an operator or the end, found \(currentText)", at: current)
      position += 1
      if current.kind != .end { _ = expression() }
    }
  }

  mutating func make(_ kind: Expression.Kind, from lower: Int, anchor: SourceRange) -> Expression {
    let upper = position > 0 ? tokens[min(position, tokens.count) - 1].range.upper : lower
    return make(kind, range: SourceRange(lower: lower, upper: max(lower, upper)), anchor: anchor)
  }

  mutating func make(_ kind: Expression.Kind, range: SourceRange, anchor: SourceRange) -> Expression {
    let shallow = Expression(id: nextID, range: range, anchor: anchor, height: 0, kind: kind)
    let height = 1 + (shallow.children.lazy.map(\.height).max() ?? 0)
    if height > ParserOptions.heightLimit {
      log.report("the expression is more than \(ParserOptions.heightLimit) operations deep; split it", at: anchor)
      return Expression(id: nextID, range: range, anchor: anchor, height: 1, kind: .invalid)
    }
    nextID += 1
    return Expression(id: shallow.id, range: range, anchor: anchor, height: height, kind: kind)
  }
}
