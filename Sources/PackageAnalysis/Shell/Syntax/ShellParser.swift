/// Why a script could not be read as shell.
struct ShellSyntaxError: Error {
  var line: Int
  var message: String
}

/// Reads a shell script into ``ShellSequence``. Never recurses deeper than ``maximumDepth``.
struct ShellParser {
  /// Deeper nesting than any real script has; a bound, so that a hostile one cannot exhaust the stack.
  static let maximumDepth = 60

  let bytes: [UInt8]
  let file: ScriptFile
  var position = 0
  var line: Int
  var depth: Int
  var pendingHereDocuments: [ShellHereDocument] = []

  init(bytes: [UInt8], file: ScriptFile, line: Int = 1, depth: Int = 0) {
    self.bytes = bytes
    self.file = file
    self.line = line
    self.depth = depth
  }

  /// The script as far as it could be read, and the error that stopped the reading.
  mutating func script() -> (sequence: ShellSequence, failure: ShellSyntaxError?) {
    var sequence: ShellSequence = []
    do throws(ShellSyntaxError) {
      while true {
        try skipNewlines()
        guard position < bytes.count else { return (sequence, nil) }
        let start = position
        sequence.append(try list())
        if position == start { throw error("unexpected `\(unexpectedText())`") }
      }
    } catch {
      return (sequence, error)
    }
  }

  // MARK: Lists and pipelines

  /// Lists up to a word or character that ends them, which is left to the caller.
  mutating func sequence(until terminators: Set<String>) throws(ShellSyntaxError) -> ShellSequence {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.maximumDepth else { throw error("nested too deeply") }
    var result: ShellSequence = []
    while true {
      try skipNewlines()
      if isAtSequenceEnd(terminators) { return result }
      guard position < bytes.count else {
        throw error("unexpected end, expected `\(terminators.sorted().first ?? ")")`")
      }
      let start = position
      result.append(try list())
      if position == start { throw error("unexpected `\(unexpectedText())`") }
    }
  }

  private func isAtSequenceEnd(_ terminators: Set<String>) -> Bool {
    if peek() == .closingParenthesis || (peek() == .semicolon && peek(1) == .semicolon)
      || (peek() == .semicolon && peek(1) == .ampersand)
    {
      return true
    }
    guard let word = reservedWord() else { return false }
    return terminators.contains(word)
  }

  private mutating func list() throws(ShellSyntaxError) -> ShellList {
    var result = ShellList(first: try pipeline(), rest: [], runsInBackground: false)
    while true {
      skipBlanks()
      let connector: ShellList.Connector
      if peek() == .ampersand && peek(1) == .ampersand {
        connector = .and
      } else if peek() == .bar && peek(1) == .bar {
        connector = .or
      } else {
        break
      }
      position += 2
      try skipNewlines()
      result.rest.append((connector, try pipeline()))
    }
    if peek() == .ampersand {
      position += 1
      result.runsInBackground = true
    } else if peek() == .semicolon && peek(1) != .semicolon && peek(1) != .ampersand {
      position += 1
    }
    return result
  }

  private mutating func pipeline() throws(ShellSyntaxError) -> ShellPipeline {
    var isNegated = false
    skipBlanks()
    while reservedWord() == "!" {
      position += 1
      isNegated.toggle()
      skipBlanks()
    }
    var commands = [try command()]
    while true {
      skipBlanks()
      guard peek() == .bar, peek(1) != .bar else { break }
      position += peek(1) == .ampersand ? 2 : 1
      try skipNewlines()
      commands.append(try command())
    }
    return ShellPipeline(commands: commands, isNegated: isNegated)
  }

  // MARK: Characters

  func peek(_ offset: Int = 0) -> UInt8? {
    let index = position + offset
    return index < bytes.count ? bytes[index] : nil
  }

  /// Skips blanks, escaped newlines and comments, but no newline.
  mutating func skipBlanks() {
    while let byte = peek() {
      if byte == .space || byte == .tab || byte == .carriageReturn {
        position += 1
      } else if byte == .backslash && peek(1) == .newline {
        position += 2
        line += 1
      } else if byte == .hash {
        while position < bytes.count, bytes[position] != .newline { position += 1 }
      } else {
        return
      }
    }
  }

  /// Skips blanks and newlines; reads the here-documents that begin after a newline.
  mutating func skipNewlines() throws(ShellSyntaxError) {
    while true {
      skipBlanks()
      guard peek() == .newline else { return }
      position += 1
      line += 1
      try readHereDocuments()
    }
  }

  /// The unquoted word at the current position, if it could be a reserved one.
  func reservedWord() -> String? {
    var end = position
    while end < bytes.count, !bytes[end].endsWord {
      if bytes[end].isQuoting { return nil }
      end += 1
      if end - position > 8 { return nil }
    }
    return end == position ? nil : String(decoding: bytes[position..<end], as: UTF8.self)
  }

  /// Consumes `word`, which must stand here.
  mutating func expect(_ word: String) throws(ShellSyntaxError) {
    try skipNewlines()
    guard reservedWord() == word else { throw error("expected `\(word)`, found `\(unexpectedText())`") }
    position += word.utf8.count
  }

  func error(_ message: String) -> ShellSyntaxError { ShellSyntaxError(line: line, message: message) }

  func unexpectedText() -> String {
    guard position < bytes.count else { return "end of script" }
    var end = position + 1
    while end < bytes.count, end - position < 20, !bytes[end].endsWord { end += 1 }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }
}

extension UInt8 {
  static let space = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let backslash = UInt8(ascii: "\\")
  static let hash = UInt8(ascii: "#")
  static let semicolon = UInt8(ascii: ";")
  static let ampersand = UInt8(ascii: "&")
  static let bar = UInt8(ascii: "|")
  static let openingParenthesis = UInt8(ascii: "(")
  static let closingParenthesis = UInt8(ascii: ")")
  static let openingBrace = UInt8(ascii: "{")
  static let closingBrace = UInt8(ascii: "}")
  static let openingBracket = UInt8(ascii: "[")
  static let closingBracket = UInt8(ascii: "]")
  static let less = UInt8(ascii: "<")
  static let greater = UInt8(ascii: ">")
  static let singleQuote = UInt8(ascii: "'")
  static let doubleQuote = UInt8(ascii: "\"")
  static let backtick = UInt8(ascii: "`")
  static let dollar = UInt8(ascii: "$")
  static let equals = UInt8(ascii: "=")

  /// Whether an unquoted word ends before this byte.
  var endsWord: Bool {
    switch self {
    case .space, .tab, .newline, .carriageReturn, .semicolon, .ampersand, .bar, .openingParenthesis,
      .closingParenthesis, .less, .greater:
      true
    default: false
    }
  }

  /// Whether a word with this byte in it is no reserved word.
  var isQuoting: Bool {
    self == .backslash || self == .singleQuote || self == .doubleQuote || self == .backtick || self == .dollar
  }

  var isNameStart: Bool {
    (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z") || self == UInt8(ascii: "_")
  }

  var isDecimalDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  var isNamePart: Bool { isNameStart || isDecimalDigit }
}
