/// One line for a person with facts in it: `{update.source}` and the other names of ``MessageFact``.
/// `{{` and `}}` stand for braces.
public struct MessageTemplate: Sendable, Hashable {
  enum Part: Sendable, Hashable {
    case literal(String)
    case fact(MessageFact)
  }

  let parts: [Part]
  /// As it was written, on one line.
  public let text: String
}

/// The facts that a message can show. The raw values are the names between the braces.
enum MessageFact: String, Sendable, Hashable, CaseIterable {
  case source = "update.source"
  case from = "update.from"
  case to = "update.to"
  case action = "update.action"
  case binaries = "update.binaries"
  case origins = "update.origins"
  /// The units of the effects that the rule matched; of all effects if the rule does not match effects.
  case units = "effects.units"
  /// The kinds of those effects.
  case kinds = "effects.kinds"
  /// Those effects, such as `restart of systemd-networkd.service`.
  case summary = "effects.summary"
  /// The binary packages that bring those effects about.
  case packages = "effects.packages"
}

extension DiagnosticCollector {
  /// A message with its facts looked up.
  func message(_ node: YamlNode, _ what: String) -> MessageTemplate? {
    guard let line = line(node, what) else { return nil }
    var parts: [MessageTemplate.Part] = []
    var rest = line[...]
    while !rest.isEmpty {
      guard let part = nextPart(&rest, node, what) else { return nil }
      parts.append(part)
    }
    return MessageTemplate(parts: parts, text: line)
  }

  private func nextPart(_ rest: inout Substring, _ node: YamlNode, _ what: String) -> MessageTemplate.Part? {
    if rest.hasPrefix("{{") || rest.hasPrefix("}}") {
      let brace = String(rest.removeFirst())
      rest.removeFirst()
      return .literal(brace)
    }
    if rest.hasPrefix("{") { return fact(&rest, node, what) }
    if rest.hasPrefix("}") { return unbalanced("}", node, what) }
    let literal = rest.prefix { $0 != "{" && $0 != "}" }
    rest = rest[literal.endIndex...]
    return .literal(String(literal))
  }

  private func fact(_ rest: inout Substring, _ node: YamlNode, _ what: String) -> MessageTemplate.Part? {
    guard let end = rest.firstIndex(of: "}") else { return unbalanced("{", node, what) }
    let name = rest[rest.index(after: rest.startIndex)..<end].filter { !$0.isWhitespace }
    rest = rest[rest.index(after: end)...]
    if let fact = MessageFact(rawValue: name) { return .fact(fact) }
    error(
      .invalidValue, at: node.position, "unknown fact `{\(name)}` in \(what)",
      suggestion: NearestName.suggestion(for: name, in: MessageFact.allCases.map(\.rawValue)))
    return nil
  }

  private func unbalanced(_ brace: String, _ node: YamlNode, _ what: String) -> MessageTemplate.Part? {
    error(
      .invalidValue, at: node.position, "`\(brace)` without its partner in \(what)",
      suggestion: "write `\(brace)\(brace)` for the character itself")
    return nil
  }
}
