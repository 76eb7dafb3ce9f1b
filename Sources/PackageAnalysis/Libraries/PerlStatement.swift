/// Splits tokens into statements.
enum PerlStatements {
  /// Each ends with `;` outside of brackets, or, if it begins with a word that a block follows, with its block.
  static func split(_ tokens: [PerlLexer.Located]) -> [[PerlLexer.Located]] {
    var statements: [[PerlLexer.Located]] = []
    var current: [PerlLexer.Located] = []
    var depth = 0
    for token in tokens {
      if token.token == .symbol(UInt8(ascii: ";")), depth == 0 {
        statements.append(current)
        current = []
        continue
      }
      current.append(token)
      guard case .symbol(let byte) = token.token else { continue }
      if "([{".utf8.contains(byte) { depth += 1 }
      if ")]}".utf8.contains(byte) { depth -= 1 }
      if byte == UInt8(ascii: "}"), depth == 0, current.first.map({ beginsBlock($0.token) }) == true {
        statements.append(current)
        current = []
      }
    }
    return (statements + [current]).filter { !$0.isEmpty }
  }

  private static func beginsBlock(_ token: PerlToken) -> Bool {
    guard case .word(let word) = token else { return token == .symbol(UInt8(ascii: "{")) }
    return ["if", "unless", "else", "elsif", "for", "foreach", "while", "until", "sub", "BEGIN", "END", "package"]
      .contains(word)
  }
}

/// What a statement does to the settings.
enum PerlStatement: Hashable {
  case nothing
  case set(String, PerlSettings.Value)
  case setMember(String, PerlSettings.Pair)
  case append(String, [PerlSettings.Value])
  /// Reads the files of a folder.
  case include(folder: String)
  /// It does something to these keys that is not understood.
  case touches(Set<String>)
  /// It may set anything.
  case anything

  init(_ tokens: [PerlToken], hash: String) {
    var parser = PerlStatementParser(tokens: tokens, hash: hash)
    self =
      parser.assignment() ?? parser.push() ?? Self.include(tokens) ?? Self.harmless(tokens)
      ?? Self.unknown(tokens, hash: hash)
  }

  /// needrestart's own last statement: `if(-d q(FOLDER)) { foreach my $fn (sort <FOLDER/*.conf>) { ... } }`.
  private static func include(_ tokens: [PerlToken]) -> PerlStatement? {
    let start: [PerlToken] = [
      .word("if"), .symbol(UInt8(ascii: "(")), .symbol(UInt8(ascii: "-")), .word("d"),
    ]
    guard tokens.starts(with: start), tokens.count > 7, case .text(let folder) = tokens[4],
      tokens.contains(.word("foreach")), tokens.contains(.word("sort")), tokens.contains(.word("eval")),
      tokens.last == .symbol(UInt8(ascii: "}"))
    else { return nil }
    return .include(folder: folder)
  }

  /// A true value at the end, and pragmas.
  private static func harmless(_ tokens: [PerlToken]) -> PerlStatement? {
    if tokens == [.text("1")] { return .nothing }
    let pragmas: [[PerlToken]] = ["strict", "warnings", "utf8"].map { [.word("use"), .word($0)] }
    return pragmas.contains(tokens) ? .nothing : nil
  }

  private static func unknown(_ tokens: [PerlToken], hash: String) -> PerlStatement {
    let reaching = Set(
      ["eval", "do", "require", "use", "exit", "die", "return", "goto", "local", "last", hash].map {
        PerlToken.word($0)
      })
    if tokens.contains(where: reaching.contains) { return .anything }
    var keys: Set<String> = []
    for (index, token) in tokens.enumerated() where token == .scalar(hash) {
      guard let key = PerlStatementParser.key(in: tokens[(index + 1)...]) else { return .anything }
      keys.insert(key)
    }
    return keys.isEmpty ? .nothing : .touches(keys)
  }
}
