/// A word of the language with its place.
struct Token {
  enum Kind: Equatable {
    case identifier
    /// A field name in backticks.
    case quotedIdentifier
    case int, uint, double
    case string, bytes
    case symbol(Symbol)
    /// Text that is no word; already reported.
    case invalid
    case end
  }

  enum Symbol: String, CaseIterable {
    case questionDot = ".?", equal = "==", notEqual = "!=", lessOrEqual = "<=", greaterOrEqual = ">=", and = "&&", or =
      "||"
    case less = "<", greater = ">", plus = "+", minus = "-", star = "*", slash = "/", percent = "%", not = "!"
    case question = "?", colon = ":", dot = ".", comma = ",", leftParen = "(", rightParen = ")", leftBracket = "["
    case rightBracket = "]", leftBrace = "{", rightBrace = "}"
  }

  let kind: Kind
  let range: SourceRange
}

/// Words with a meaning of their own (langdef.md, "Syntax").
enum Keyword {
  /// Never a name, not even of a field.
  static let keywords: Set<String> = ["false", "in", "null", "true"]
  /// Kept for embedding languages: not a variable or a function, but a field or a method.
  static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
    "namespace", "return", "var", "void", "while",
  ]
}
