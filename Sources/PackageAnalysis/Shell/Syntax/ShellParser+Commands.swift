extension ShellParser {
  mutating func command() throws(ShellSyntaxError) -> ShellCommand {
    skipBlanks()
    let start = line
    guard let kind = try compound() else { return try simpleCommand() }
    return ShellCommand(kind: kind, redirections: try redirections(), line: start)
  }

  /// A compound command; nil if a simple one stands here.
  private mutating func compound() throws(ShellSyntaxError) -> ShellCommand.Kind? {
    if peek() == .openingParenthesis { return try parenthesised() }
    switch reservedWord() {
    case "{":
      position += 1
      let body = try sequence(until: ["}"])
      try expect("}")
      return .group(body)
    case "if": return try conditional()
    case "while": return try loop("while")
    case "until": return try loop("until")
    case "for": return try iteration("for")
    case "select": return try iteration("select")
    case "case": return try selection()
    case "function": return try functionKeyword()
    case "[[": return try extendedTest()
    default: return nil
    }
  }

  private mutating func parenthesised() throws(ShellSyntaxError) -> ShellCommand.Kind {
    if peek(1) == .openingParenthesis, let end = arithmeticEnd(from: position + 2) {
      advance(to: end)
      return .arithmetic
    }
    position += 1
    let body = try sequence(until: [])
    try closeParenthesis()
    return .subshell(body)
  }

  mutating func closeParenthesis() throws(ShellSyntaxError) {
    try skipNewlines()
    guard peek() == .closingParenthesis else { throw error("expected `)`, found `\(unexpectedText())`") }
    position += 1
  }

  private mutating func conditional() throws(ShellSyntaxError) -> ShellCommand.Kind {
    try expect("if")
    var branches: [ShellBranch] = []
    while true {
      let condition = try sequence(until: ["then"])
      try expect("then")
      let body = try sequence(until: ["elif", "else", "fi"])
      branches.append(ShellBranch(condition: condition, body: body))
      guard reservedWord() == "elif" else { break }
      try expect("elif")
    }
    var otherwise: ShellSequence?
    if reservedWord() == "else" {
      try expect("else")
      otherwise = try sequence(until: ["fi"])
    }
    try expect("fi")
    return .conditional(branches: branches, otherwise: otherwise)
  }

  private mutating func loop(_ keyword: String) throws(ShellSyntaxError) -> ShellCommand.Kind {
    try expect(keyword)
    let condition = try sequence(until: ["do"])
    return .loop(condition: condition, body: try loopBody(), isUntil: keyword == "until")
  }

  private mutating func loopBody() throws(ShellSyntaxError) -> ShellSequence {
    try expect("do")
    let body = try sequence(until: ["done"])
    try expect("done")
    return body
  }

  private mutating func iteration(_ keyword: String) throws(ShellSyntaxError) -> ShellCommand.Kind {
    try expect(keyword)
    skipBlanks()
    if peek() == .openingParenthesis, peek(1) == .openingParenthesis, let end = arithmeticEnd(from: position + 2) {
      advance(to: end)
      skipBlanks()
      if peek() == .semicolon { position += 1 }
      return .unboundedLoop(body: try loopBody())
    }
    guard let variable = name() else { throw error("expected a variable after `\(keyword)`") }
    try skipNewlines()
    var words: [ShellWord]?
    if reservedWord() == "in" {
      try expect("in")
      words = try wordsUntilLineEnd()
    }
    skipBlanks()
    if peek() == .semicolon { position += 1 }
    return .iteration(variable: variable, words: words, body: try loopBody())
  }

  private mutating func wordsUntilLineEnd() throws(ShellSyntaxError) -> [ShellWord] {
    var words: [ShellWord] = []
    while true {
      skipBlanks()
      guard let byte = peek(), byte != .newline, byte != .semicolon else { return words }
      guard let word = try word() else { throw error("unexpected `\(unexpectedText())`") }
      words.append(word)
    }
  }

  private mutating func selection() throws(ShellSyntaxError) -> ShellCommand.Kind {
    try expect("case")
    skipBlanks()
    guard let subject = try word() else { throw error("expected a word after `case`") }
    try expect("in")
    var items: [ShellCaseItem] = []
    while true {
      try skipNewlines()
      if reservedWord() == "esac" { break }
      items.append(try caseItem())
    }
    try expect("esac")
    return .selection(subject: subject, items: items)
  }

  private mutating func caseItem() throws(ShellSyntaxError) -> ShellCaseItem {
    if peek() == .openingParenthesis { position += 1 }
    var patterns: [ShellWord] = []
    while true {
      skipBlanks()
      guard let pattern = try word() else { throw error("expected a pattern, found `\(unexpectedText())`") }
      patterns.append(pattern)
      skipBlanks()
      guard peek() == .bar else { break }
      position += 1
    }
    try closeParenthesis()
    let body = try sequence(until: ["esac"])
    return ShellCaseItem(patterns: patterns, body: body, terminator: caseTerminator())
  }

  private mutating func caseTerminator() -> ShellCaseItem.Terminator {
    guard peek() == .semicolon else { return .leave }
    if peek(1) == .ampersand {
      position += 2
      return .fallThrough
    }
    position += 2
    guard peek() == .ampersand else { return .leave }
    position += 1
    return .testNext
  }

  private mutating func functionKeyword() throws(ShellSyntaxError) -> ShellCommand.Kind {
    try expect("function")
    skipBlanks()
    guard let word = try word(), let name = word.literal else { throw error("expected a name after `function`") }
    skipBlanks()
    if peek() == .openingParenthesis {
      position += 1
      skipBlanks()
      try closeParenthesis()
    }
    return try functionBody(named: name)
  }

  mutating func functionBody(named name: String) throws(ShellSyntaxError) -> ShellCommand.Kind {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.maximumDepth else { throw error("nested too deeply") }
    try skipNewlines()
    return .function(name: name, body: ShellFunction(body: try command(), file: file))
  }

  private mutating func extendedTest() throws(ShellSyntaxError) -> ShellCommand.Kind {
    try expect("[[")
    var words: [ShellWord] = []
    while true {
      try skipNewlines()
      guard let byte = peek() else { throw error("expected `]]`") }
      if reservedWord() == "]]" {
        position += 2
        return .extendedTest(words)
      }
      if byte.endsWord {
        words.append(testOperator())
      } else if let next = try word() {
        words.append(next)
      }
    }
  }

  /// An operator inside `[[ ]]`, such as `&&` or `<`.
  private mutating func testOperator() -> ShellWord {
    let start = position
    position += 1
    if let first = bytes[start...].first, peek() == first, first == .ampersand || first == .bar { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    return ShellWord(parts: [.literal(text, isQuoted: false)], line: line)
  }

  // MARK: Simple commands

  private mutating func simpleCommand() throws(ShellSyntaxError) -> ShellCommand {
    let start = line
    var assignments: [ShellAssignment] = []
    var words: [ShellWord] = []
    var redirections: [ShellRedirection] = []
    while true {
      skipBlanks()
      if let redirection = try redirection() {
        redirections.append(redirection)
      } else if words.isEmpty, let assignment = try assignment() {
        assignments.append(assignment)
      } else if words.count == 1, peek() == .openingParenthesis, let name = words[0].literal {
        position += 1
        skipBlanks()
        try closeParenthesis()
        return ShellCommand(kind: try functionBody(named: name), redirections: [], line: start)
      } else if let word = try word() {
        words.append(word)
      } else {
        break
      }
    }
    guard !(assignments.isEmpty && words.isEmpty && redirections.isEmpty) else {
      throw error("expected a command, found `\(unexpectedText())`")
    }
    return ShellCommand(
      kind: .simple(assignments: assignments, words: words), redirections: redirections, line: start)
  }

  private mutating func assignment() throws(ShellSyntaxError) -> ShellAssignment? {
    let (start, startLine) = (position, line)
    guard let name = name() else { return nil }
    skipSubscript()
    var appends = false
    if peek() == UInt8(ascii: "+"), peek(1) == .equals {
      position += 1
      appends = true
    }
    guard peek() == .equals else {
      (position, line) = (start, startLine)
      return nil
    }
    position += 1
    if peek() == .openingParenthesis { return try arrayAssignment(name, appends: appends) }
    let isEmpty = peek().map { $0 == .backslash ? peek(1) == .newline : $0.endsWord } ?? true
    let value = isEmpty ? nil : try word()
    return ShellAssignment(name: name, value: value ?? ShellWord(parts: [], line: line), appends: appends)
  }

  /// bash's `name=(a b c)`: kept as its words joined by spaces, which is what `${name[@]}` gives once it is split.
  private mutating func arrayAssignment(_ name: String, appends: Bool) throws(ShellSyntaxError) -> ShellAssignment {
    position += 1
    var value = ShellWord(parts: [], line: line)
    while true {
      try skipNewlines()
      guard let next = try word() else { break }
      if !value.parts.isEmpty { value.parts.append(.literal(" ", isQuoted: true)) }
      value.parts += next.parts
    }
    try closeParenthesis()
    return ShellAssignment(name: name, value: value, appends: appends)
  }

  private mutating func skipSubscript() {
    guard peek() == .openingBracket else { return }
    var end = position + 1
    while end < bytes.count, bytes[end] != .closingBracket, bytes[end] != .newline { end += 1 }
    if end + 1 < bytes.count, bytes[end] == .closingBracket, bytes[end + 1] == .equals { position = end + 1 }
  }

  mutating func name() -> String? {
    guard let first = peek(), first.isNameStart else { return nil }
    let start = position
    while peek()?.isNamePart == true { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }
}
