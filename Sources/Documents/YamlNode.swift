/// A node of a YAML document, with the place where it begins.
public struct YamlNode: Sendable {
  public enum Content: Sendable {
    case scalar(YamlScalar)
    case sequence([YamlNode])
    case mapping([YamlEntry])
    /// Something that is not used in our documents and has been reported.
    case refused
  }

  public var content: Content
  public var position: DocumentPosition

  public init(content: Content, position: DocumentPosition) {
    self.content = content
    self.position = position
  }

  /// What the node is, in a person's words.
  public var kindName: String {
    switch content {
    case .scalar(let scalar): scalar.kindName
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .refused: "an alias"
    }
  }

  /// Whether it is `null` or nothing.
  public var isNull: Bool { scalar?.plainType == .null }

  /// Whether nothing more need be said about the node.
  public var isRefused: Bool {
    if case .refused = content { true } else { false }
  }

  public var scalar: YamlScalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }
}

/// One `key: value` of a mapping.
public struct YamlEntry: Sendable {
  public var key: String
  public var keyPosition: DocumentPosition
  public var value: YamlNode

  public init(key: String, keyPosition: DocumentPosition, value: YamlNode) {
    self.key = key
    self.keyPosition = keyPosition
    self.value = value
  }
}

/// A scalar as it was written.
public struct YamlScalar: Sendable, Hashable {
  public enum Style: Sendable {
    case plain, quoted, literal, folded
  }

  /// The text, with quotes and escapes resolved.
  public var text: String
  public var style: Style

  public init(text: String, style: Style) {
    self.text = text
    self.style = style
  }

  /// How YAML 1.1 or 1.2 would type the scalar if it is plain; `.text` if only as text.
  public var plainType: PlainScalarType { style == .plain ? PlainScalarType(text) : .text }

  public var kindName: String {
    switch plainType {
    case .null: "nothing"
    case .boolean: "a boolean"
    case .number: "a number"
    case .timestamp, .text: "text"
    }
  }
}
