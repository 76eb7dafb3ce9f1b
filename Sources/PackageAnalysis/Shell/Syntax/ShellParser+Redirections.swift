extension ShellParser {
  mutating func redirections() throws(ShellSyntaxError) -> [ShellRedirection] {
    var result: [ShellRedirection] = []
    while true {
      skipBlanks()
      guard let next = try redirection() else { return result }
      result.append(next)
    }
  }

  /// The redirection that stands here; nil if none does. A process substitution is a word, not a redirection.
  mutating func redirection() throws(ShellSyntaxError) -> ShellRedirection? {
    var cursor = position
    while cursor < bytes.count, bytes[cursor].isDecimalDigit { cursor += 1 }
    let digits = String(decoding: bytes[position..<cursor], as: UTF8.self)
    if digits.isEmpty, peek() == .ampersand, peek(1) == .greater { cursor += 1 }
    guard cursor < bytes.count, bytes[cursor] == .less || bytes[cursor] == .greater else { return nil }
    if cursor + 1 < bytes.count, bytes[cursor + 1] == .openingParenthesis { return nil }
    position = cursor
    return try operation(descriptor: Int(digits))
  }

  private mutating func operation(descriptor: Int?) throws(ShellSyntaxError) -> ShellRedirection {
    let isInput = peek() == .less
    position += 1
    if isInput, peek() == .less { return try hereRedirection(descriptor: descriptor) }
    var kind: ShellRedirection.Kind = isInput ? .input : .output
    if peek() == .ampersand {
      position += 1
      kind = .duplicate
    } else if let byte = peek(), byte == .greater || byte == .bar {
      position += 1
    }
    return ShellRedirection(kind: kind, descriptor: descriptor, target: try target())
  }

  private mutating func hereRedirection(descriptor: Int?) throws(ShellSyntaxError) -> ShellRedirection {
    position += 1
    if peek() == .less {
      position += 1
      return ShellRedirection(kind: .hereString, descriptor: descriptor, target: try target())
    }
    var stripsTabs = false
    if peek() == UInt8(ascii: "-") {
      position += 1
      stripsTabs = true
    }
    let word = try target()
    let isQuoted = word.parts.contains { part in
      if case .literal(_, isQuoted: false) = part { false } else { true }
    }
    let document = ShellHereDocument(
      delimiter: word.literal ?? "", isQuoted: isQuoted, stripsTabs: stripsTabs, line: line)
    pendingHereDocuments.append(document)
    return ShellRedirection(kind: .hereDocument(document), descriptor: descriptor, target: word)
  }

  private mutating func target() throws(ShellSyntaxError) -> ShellWord {
    skipBlanks()
    guard let word = try word() else { throw error("expected a file after the redirection") }
    return word
  }

  /// Reads the bodies of the here-documents that the line before named.
  mutating func readHereDocuments() throws(ShellSyntaxError) {
    while !pendingHereDocuments.isEmpty {
      let document = pendingHereDocuments.removeFirst()
      let start = line
      var body: [UInt8] = []
      while position < bytes.count {
        let text = nextLine(strippingTabs: document.stripsTabs)
        if Array(document.delimiter.utf8) == text { break }
        body += text + [.newline]
      }
      document.body = try hereDocumentBody(body, isQuoted: document.isQuoted, line: start)
    }
  }

  private mutating func nextLine(strippingTabs: Bool) -> [UInt8] {
    var end = position
    while end < bytes.count, bytes[end] != .newline { end += 1 }
    let text = bytes[position..<end]
    position = min(end + 1, bytes.count)
    line += 1
    return strippingTabs ? Array(text.drop { $0 == .tab }) : Array(text)
  }

  private func hereDocumentBody(_ body: [UInt8], isQuoted: Bool, line: Int) throws(ShellSyntaxError) -> ShellWord {
    if isQuoted {
      return ShellWord(parts: [.literal(String(decoding: body, as: UTF8.self), isQuoted: true)], line: line)
    }
    var parser = ShellParser(bytes: body, file: file, line: line, depth: depth)
    return ShellWord(parts: try parser.quotedParts(until: nil), line: line)
  }
}
