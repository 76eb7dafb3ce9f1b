extension ShellParser {
  /// The word that stands here; nil if none does.
  mutating func word() throws(ShellSyntaxError) -> ShellWord? {
    skipBlanks()
    guard let first = peek() else { return nil }
    let start = line
    if (first == .less || first == .greater) && peek(1) == .openingParenthesis {
      position += 2
      let body = try sequence(until: [])
      try closeParenthesis()
      return ShellWord(parts: [.command(body, isQuoted: true)], line: start)
    }
    guard !first.endsWord else { return nil }
    return ShellWord(parts: try unquotedParts { $0.endsWord }, line: start)
  }

  /// Parts up to a byte that ends them, which is not consumed.
  private mutating func unquotedParts(until ends: (UInt8) -> Bool) throws(ShellSyntaxError) -> [ShellWordPart] {
    var parts: [ShellWordPart] = []
    var literal: [UInt8] = []
    while let byte = peek(), !ends(byte) {
      if !byte.isQuoting {
        if byte == .newline { line += 1 }
        literal.append(byte)
        position += 1
        continue
      }
      parts.flush(&literal, isQuoted: false)
      try quotingPart(byte, into: &parts)
    }
    parts.flush(&literal, isQuoted: false)
    return parts
  }

  /// A part that begins with a quoting byte, outside double quotes.
  private mutating func quotingPart(_ byte: UInt8, into parts: inout [ShellWordPart]) throws(ShellSyntaxError) {
    switch byte {
    case .backslash:
      position += 1
      guard let next = peek() else { return }
      position += 1
      if next == .newline { line += 1 } else { parts.append(.literal(text(next), isQuoted: true)) }
    case .singleQuote:
      parts.append(.literal(try singleQuoted(), isQuoted: true))
    case .doubleQuote:
      position += 1
      let quoted = try quotedParts(until: .doubleQuote)
      parts += quoted.isEmpty ? [.literal("", isQuoted: true)] : quoted
    case .backtick:
      parts.append(.command(try backticks(), isQuoted: false))
    default:
      parts.append(try dollar(isQuoted: false))
    }
  }

  /// A byte that may be the first of several; a lone byte above 127 is repaired.
  private func text(_ byte: UInt8) -> String { String(decoding: [byte], as: UTF8.self) }

  private mutating func singleQuoted() throws(ShellSyntaxError) -> String {
    position += 1
    let start = position
    while let byte = peek(), byte != .singleQuote {
      if byte == .newline { line += 1 }
      position += 1
    }
    guard position < bytes.count else { throw error("unterminated single quote") }
    position += 1
    return String(decoding: bytes[start..<position - 1], as: UTF8.self)
  }

  /// The inside of double quotes or of a here-document, with the closing byte consumed.
  mutating func quotedParts(until end: UInt8?) throws(ShellSyntaxError) -> [ShellWordPart] {
    var parts: [ShellWordPart] = []
    var literal: [UInt8] = []
    while let byte = peek(), byte != end {
      if byte == .backslash, let next = peek(1) {
        position += 2
        if next == .newline {
          line += 1
        } else {
          let isEscape = next == .dollar || next == .backtick || next == .backslash || next == end
          literal += isEscape ? [next] : [byte, next]
        }
      } else if byte == .dollar || byte == .backtick {
        parts.flush(&literal, isQuoted: true)
        parts.append(byte == .dollar ? try dollar(isQuoted: true) : .command(try backticks(), isQuoted: true))
      } else {
        if byte == .newline { line += 1 }
        literal.append(byte)
        position += 1
      }
    }
    parts.flush(&literal, isQuoted: true)
    if end != nil {
      guard position < bytes.count else { throw error("unterminated double quote") }
      position += 1
    }
    return parts
  }

  private mutating func backticks() throws(ShellSyntaxError) -> ShellSequence {
    let start = line
    position += 1
    var inner: [UInt8] = []
    while let byte = peek(), byte != .backtick {
      position += 1
      if byte == .newline { line += 1 }
      if byte == .backslash, let next = peek(), next == .backtick || next == .backslash || next == .dollar {
        position += 1
        inner.append(next)
      } else {
        inner.append(byte)
      }
    }
    guard position < bytes.count else { throw error("unterminated backtick") }
    position += 1
    guard depth + 1 < Self.maximumDepth else { throw error("nested too deeply") }
    var parser = ShellParser(bytes: inner, file: file, line: start, depth: depth + 1)
    let (sequence, failure) = parser.script()
    if let failure { throw failure }
    return sequence
  }

  // MARK: Dollar

  private mutating func dollar(isQuoted: Bool) throws(ShellSyntaxError) -> ShellWordPart {
    position += 1
    switch peek() {
    case .openingBrace?: return try braced(isQuoted: isQuoted)
    case .openingParenthesis?: return try parenthesisedExpansion(isQuoted: isQuoted)
    case .singleQuote? where !isQuoted: return .literal(try ansiQuoted(), isQuoted: true)
    case .doubleQuote? where !isQuoted: return .literal("", isQuoted: true)
    case let byte? where byte.isNameStart:
      return .parameter(ShellParameter(name: name() ?? "", operation: .none), isQuoted: isQuoted)
    case let byte? where byte.isDecimalDigit || isSpecial(byte):
      position += 1
      return .parameter(ShellParameter(name: text(byte), operation: .none), isQuoted: isQuoted)
    default: return .literal("$", isQuoted: isQuoted)
    }
  }

  private func isSpecial(_ byte: UInt8) -> Bool { "@*#?-$!".utf8.contains(byte) }

  private mutating func parenthesisedExpansion(isQuoted: Bool) throws(ShellSyntaxError) -> ShellWordPart {
    if peek(1) == .openingParenthesis, let end = arithmeticEnd(from: position + 2) {
      advance(to: end)
      return .opaque(isQuoted: isQuoted)
    }
    position += 1
    let body = try sequence(until: [])
    try closeParenthesis()
    return .command(body, isQuoted: isQuoted)
  }

  /// The index after `))` if an arithmetic expression starts at `start`; nil if it is no arithmetic.
  func arithmeticEnd(from start: Int) -> Int? {
    var open = 0
    var index = start
    while index < bytes.count {
      if bytes[index] == .openingParenthesis {
        open += 1
      } else if bytes[index] == .closingParenthesis {
        if open == 0 { return index + 1 < bytes.count && bytes[index + 1] == .closingParenthesis ? index + 2 : nil }
        open -= 1
      }
      index += 1
    }
    return nil
  }

  mutating func advance(to end: Int) {
    line += bytes[position..<end].count { $0 == .newline }
    position = end
  }

  private mutating func ansiQuoted() throws(ShellSyntaxError) -> String {
    position += 1
    var result: [UInt8] = []
    while let byte = peek(), byte != .singleQuote {
      position += 1
      if byte == .newline { line += 1 }
      guard byte == .backslash, let next = peek() else {
        result.append(byte)
        continue
      }
      position += 1
      switch next {
      case UInt8(ascii: "n"): result.append(.newline)
      case UInt8(ascii: "t"): result.append(.tab)
      default: result.append(next)
      }
    }
    guard position < bytes.count else { throw error("unterminated quote") }
    position += 1
    return String(decoding: result, as: UTF8.self)
  }

  // MARK: Braces

  private mutating func braced(isQuoted: Bool) throws(ShellSyntaxError) -> ShellWordPart {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.maximumDepth else { throw error("nested too deeply") }
    position += 1
    if peek() == .hash, let next = peek(1), next != .closingBrace {
      position += 1
      let name = parameterName() ?? ""
      try skipToBrace(isQuoted: isQuoted)
      return .parameter(ShellParameter(name: name, operation: .length), isQuoted: isQuoted)
    }
    guard let name = parameterName() else {
      try skipToBrace(isQuoted: isQuoted)
      return .opaque(isQuoted: isQuoted)
    }
    skipArraySubscript()
    let operation = parameterOperation()
    let argument = ShellWord(parts: try bracedArgument(isQuoted: isQuoted), line: line)
    return .parameter(
      ShellParameter(name: name, operation: operation, argument: argument), isQuoted: isQuoted)
  }

  private mutating func parameterName() -> String? {
    if let name = name() { return name }
    guard let byte = peek(), byte.isDecimalDigit || isSpecial(byte), byte != UInt8(ascii: "!") else { return nil }
    let start = position
    position += 1
    if byte.isDecimalDigit { while peek()?.isDecimalDigit == true { position += 1 } }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func skipArraySubscript() {
    guard peek() == .openingBracket else { return }
    while position < bytes.count, bytes[position] != .closingBracket, bytes[position] != .newline { position += 1 }
    if peek() == .closingBracket { position += 1 }
  }

  private mutating func parameterOperation() -> ShellParameter.Operation {
    guard let byte = peek(), byte != .closingBrace else { return .none }
    let hasColon = byte == UInt8(ascii: ":")
    guard let symbol = hasColon ? peek(1) : byte else { return .unsupported }
    switch symbol {
    case UInt8(ascii: "-"): return consume(hasColon ? 2 : 1, .useDefault(ifEmpty: hasColon))
    case .equals: return consume(hasColon ? 2 : 1, .assignDefault(ifEmpty: hasColon))
    case UInt8(ascii: "+"): return consume(hasColon ? 2 : 1, .useAlternative(ifEmpty: hasColon))
    case UInt8(ascii: "?"): return consume(hasColon ? 2 : 1, .fail)
    case .hash where !hasColon:
      return peek(1) == .hash ? consume(2, .removePrefix(longest: true)) : consume(1, .removePrefix(longest: false))
    case UInt8(ascii: "%") where !hasColon:
      return peek(1) == symbol ? consume(2, .removeSuffix(longest: true)) : consume(1, .removeSuffix(longest: false))
    default: return consume(1, .unsupported)
    }
  }

  private mutating func consume(_ count: Int, _ operation: ShellParameter.Operation) -> ShellParameter.Operation {
    position += count
    return operation
  }

  /// The word after the operator, up to the closing brace, which is consumed.
  private mutating func bracedArgument(isQuoted: Bool) throws(ShellSyntaxError) -> [ShellWordPart] {
    var parts: [ShellWordPart] = []
    while let byte = peek(), byte != .closingBrace {
      if isQuoted, byte == .singleQuote {
        position += 1
        parts.append(.literal("'", isQuoted: true))
      } else if byte.isQuoting {
        try quotingPart(byte, into: &parts)
      } else {
        parts += try unquotedParts { $0 == .closingBrace || $0.isQuoting }
      }
    }
    guard position < bytes.count else { throw error("unterminated `${`") }
    position += 1
    return parts
  }

  private mutating func skipToBrace(isQuoted: Bool) throws(ShellSyntaxError) {
    _ = try bracedArgument(isQuoted: isQuoted)
  }
}

extension [ShellWordPart] {
  /// Moves collected literal bytes into a part of their own.
  fileprivate mutating func flush(_ literal: inout [UInt8], isQuoted: Bool) {
    guard !literal.isEmpty else { return }
    append(.literal(String(decoding: literal, as: UTF8.self), isQuoted: isQuoted))
    literal.removeAll(keepingCapacity: true)
  }
}
