/// A node of a YAML document, with the place where it begins.
struct YamlNode {
  enum Content {
    case scalar(YamlScalar)
    case sequence([YamlNode])
    case mapping([YamlEntry])
    /// Something that is not used in policies and has been reported.
    case refused
  }

  var content: Content
  var position: SourcePosition

  /// What the node is, in a person's words.
  var kindName: String {
    switch content {
    case .scalar(let scalar): scalar.kindName
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .refused: "an alias"
    }
  }

  /// Whether nothing more need be said about the node.
  var isRefused: Bool {
    if case .refused = content { true } else { false }
  }

  var scalar: YamlScalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }
}

/// One `key: value` of a mapping.
struct YamlEntry {
  var key: String
  var keyPosition: SourcePosition
  var value: YamlNode
}

/// A scalar as it was written.
struct YamlScalar: Hashable {
  enum Style {
    case plain, quoted, literal, folded
  }

  /// The text, with quotes and escapes resolved.
  var text: String
  var style: Style

  /// How YAML 1.1 or 1.2 would type the scalar if it is plain; `.text` if only as text.
  var plainType: PlainScalarType { style == .plain ? PlainScalarType(text) : .text }

  var kindName: String {
    switch plainType {
    case .null: "nothing"
    case .boolean: "a boolean"
    case .number: "a number"
    case .timestamp, .text: "text"
    }
  }
}
