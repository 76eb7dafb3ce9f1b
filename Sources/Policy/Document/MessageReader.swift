internal import CEL
internal import Documents
internal import GateModel

/// Takes a message apart. White space of the literal parts becomes single spaces.
struct MessageReader {
  let bytes: [UInt8]
  let node: YamlNode
  let what: String
  let collector: PolicyReader
  private var position = 0

  init(text: String, node: YamlNode, what: String, collector: PolicyReader) {
    bytes = Array(text.utf8)
    self.node = node
    self.what = what
    self.collector = collector
  }

  private static let open = UInt8(ascii: "{")
  private static let close = UInt8(ascii: "}")

  /// nil, with errors reported, if something between braces cannot be used.
  mutating func parts() -> [MessageTemplate.Part]? {
    var parts: [MessageTemplate.Part] = []
    var literal: [UInt8] = []
    var isGood = true
    while position < bytes.count {
      let byte = bytes[position]
      let isDoubled = position + 1 < bytes.count && bytes[position + 1] == byte
      if byte == Self.open, !isDoubled {
        parts.append(.literal(String(decoding: literal, as: UTF8.self)))
        literal = []
        if let part = braces() { parts.append(part) } else { isGood = false }
        continue
      }
      if byte == Self.close, !isDoubled {
        unbalanced("}", at: position)
        isGood = false
      }
      literal.append(byte)
      position += byte == Self.open || byte == Self.close ? 2 : 1
    }
    parts.append(.literal(String(decoding: literal, as: UTF8.self)))
    return isGood ? Self.onOneLine(parts) : nil
  }

  /// What stands between the braces that open here; ends after them.
  private mutating func braces() -> MessageTemplate.Part? {
    let start = position + 1
    guard let end = end(from: start) else {
      unbalanced("{", at: position)
      position = bytes.count
      return nil
    }
    position = end + 1
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    let name = String(text.filter { !$0.isSpace })
    if let fact = MessageFact(rawValue: name) { return .fact(fact) }
    if name.hasPrefix("effects.") { return unknownFact(name, at: start) }
    guard let checked = collector.expression(text, in: node, offset: start, of: nil) else { return nil }
    return .expression(MessageExpression(text: text, program: FactSchema.environment.program(checked)))
  }

  /// The closing brace: braces in between are counted, those in strings are not.
  private func end(from start: Int) -> Int? {
    var depth = 0
    var quote: UInt8?
    for index in start..<bytes.count {
      let byte = bytes[index]
      if let open = quote {
        if byte == open, bytes[index - 1] != UInt8(ascii: "\\") { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == Self.open {
        depth += 1
      } else if byte == Self.close {
        if depth == 0 { return index }
        depth -= 1
      }
    }
    return nil
  }

  private func place(_ offset: Int) -> DocumentPosition {
    ScalarPositions(node, collector).position(utf8Offset: offset)
  }

  private func unknownFact(_ name: String, at offset: Int) -> MessageTemplate.Part? {
    collector.error(
      .invalidValue, at: place(offset), "unknown fact `{\(name)}` in \(what)",
      suggestion: NearestName.suggestion(for: name, in: MessageFact.allCases.map(\.rawValue)))
    return nil
  }

  private func unbalanced(_ brace: String, at offset: Int) {
    collector.error(
      .invalidValue, at: place(offset), "`\(brace)` without its partner in \(what)",
      suggestion: "write `\(brace)\(brace)` for the character itself")
  }

  private static func onOneLine(_ parts: [MessageTemplate.Part]) -> [MessageTemplate.Part] {
    let last = parts.count - 1
    return parts.enumerated().compactMap { position, part in
      guard case .literal(let text) = part else { return part }
      let words = text.split(whereSeparator: \.isSpace).joined(separator: " ")
      let before = position > 0 && text.first?.isSpace == true
      let after = position < last && text.last?.isSpace == true && !(words.isEmpty && before)
      let line = (before && !(words.isEmpty && position == last) ? " " : "") + words + (after ? " " : "")
      return line.isEmpty ? nil : .literal(line)
    }
  }
}
