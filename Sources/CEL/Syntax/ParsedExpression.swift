/// An expression that has been read: its text and its tree with the macros expanded.
public struct ParsedExpression: Sendable {
  /// The text it was read from.
  public let source: SourceText
  let root: Expression
  /// How many nodes the tree has; ids are below.
  let nodeCount: Int
}

/// How to read an expression.
struct ParserOptions: Sendable {
  var expandsMacros = true
  var expandsBlocks = false

  /// Nesting that may be open at once; the language asks for at least 12 (langdef.md, "Syntax").
  static let nestingLimit = 100
  /// Height of the tree: also long chains without parentheses, such as `a + a + a ...`, make it high.
  static let heightLimit = 400
  /// How deep values may be nested in each other; see `NestingBound`.
  static let valueDepthLimit = 400
  /// Values of one block.
  static let blockLimit = 1_000
  /// Bytes of text; a policy condition has hundreds.
  static let lengthLimit = 256 * 1024
}
