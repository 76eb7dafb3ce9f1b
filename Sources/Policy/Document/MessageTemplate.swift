internal import CEL
internal import Documents

/// One line for a person with facts in it: `{update.source}` and the other names of ``MessageFact``, or an
/// expression in CEL between braces. `{{` and `}}` stand for braces.
public struct MessageTemplate: Sendable, Hashable {
  enum Part: Sendable, Hashable {
    case literal(String)
    case fact(MessageFact)
    case expression(MessageExpression)
  }

  let parts: [Part]
  /// As it was written, on one line.
  public let text: String
}

/// An expression in a message.
struct MessageExpression: Sendable, Hashable {
  let text: String
  let program: Program

  static func == (left: MessageExpression, right: MessageExpression) -> Bool { left.text == right.text }
  func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// The facts that a message can show by a name of their own: they are about the effects that the rule matched,
/// or read better than the expression of the same name. The raw values are the names between the braces.
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
  /// Those effects, such as `restart systemd-networkd.service`.
  case summary = "effects.summary"
  /// The binary packages that bring those effects about.
  case packages = "effects.packages"
}

extension PolicyReader {
  /// A message with its facts looked up and its expressions checked.
  func message(_ node: YamlNode, _ what: String) -> MessageTemplate? {
    guard let line = line(node, what), let text = node.scalar?.text else { return nil }
    var reader = MessageReader(text: text, node: node, what: what, collector: self)
    guard let parts = reader.parts() else { return nil }
    return MessageTemplate(parts: parts, text: line)
  }
}
