public import GateModel

/// Reading typed values from nodes. Each reports what is wrong and gives nil.
extension DiagnosticCollector {
  /// Text. Unquoted scalars that some YAML parser reads as another type are refused.
  public func text(_ node: YamlNode, _ what: String) -> String? {
    guard let scalar = node.scalar else {
      wrongType(node, "\(what) is text, not \(node.kindName)")
      return nil
    }
    switch scalar.plainType {
    case .text, .timestamp: return scalar.text
    case .null:
      error(.wrongType, at: node.position, "\(what) has no value", suggestion: "write it after the colon")
    case .boolean, .number:
      error(
        .ambiguousScalar, at: node.position, "\(what) is text; `\(scalar.text)` without quotes is \(node.kindName)",
        suggestion: "write \"\(scalar.text)\"")
    }
    return nil
  }

  /// `true` or `false`, nothing else.
  public func boolean(_ node: YamlNode, _ what: String) -> Bool? {
    guard let scalar = node.scalar, scalar.style == .plain else {
      wrongType(node, "\(what) is `true` or `false`, not \(node.kindName)")
      return nil
    }
    switch scalar.text {
    case "true": return true
    case "false": return false
    default:
      let meant = ["yes", "on", "y", "true"].contains(scalar.text.lowercased()) ? "true" : "false"
      let suggestion = scalar.plainType == .boolean ? "write `\(meant)`" : nil
      error(
        .wrongType, at: node.position, "\(what) is `true` or `false`, not `\(scalar.text)`", suggestion: suggestion)
      return nil
    }
  }

  /// A whole number in `range`, in decimal.
  public func number(_ node: YamlNode, _ what: String, in range: ClosedRange<Int>) -> Int? {
    let isPlain = node.scalar?.style == .plain
    let digits = node.scalar?.text ?? ""
    guard isPlain, digits.allSatisfy({ $0 >= "0" && $0 <= "9" }), digits == "0" || digits.first != "0",
      let value = Int(digits), range.contains(value)
    else {
      let found = isPlain && !digits.isEmpty ? "`\(digits)`" : node.kindName
      let bounds = "from \(range.lowerBound) to \(range.upperBound)"
      wrongType(node, "\(what) is a whole number \(bounds), not \(found)")
      return nil
    }
    return value
  }

  /// The items of a list; a single value stands for a list of one. Empty lists are refused.
  public func items(_ node: YamlNode, _ what: String) -> [YamlNode] {
    guard case .sequence(let items) = node.content else { return [node] }
    if items.isEmpty {
      error(
        .invalidValue, at: node.position, "\(what) is an empty list", suggestion: "leave the key out or name something")
    }
    return items
  }

  /// One word of a fixed set.
  public func word<Word: RawRepresentable & CaseIterable>(
    _ node: YamlNode, _ what: String, as type: Word.Type = Word.self
  ) -> Word? where Word.RawValue == String {
    guard let text = text(node, what) else { return nil }
    if let word = Word(rawValue: text) { return word }
    error(
      .invalidValue, at: node.position, "`\(text)` is no \(what)",
      suggestion: NearestName.suggestion(for: text, in: Word.allCases.map(\.rawValue)))
    return nil
  }

  /// A list of words of a fixed set, or one of them.
  public func words<Word: RawRepresentable & CaseIterable & Hashable>(
    _ node: YamlNode, _ what: String, as type: Word.Type = Word.self
  ) -> Set<Word> where Word.RawValue == String {
    Set(items(node, what).compactMap { word($0, what) })
  }

  /// One line of text: runs of white space, line breaks among them, become one space.
  public func line(_ node: YamlNode, _ what: String) -> String? {
    guard let text = text(node, what) else { return nil }
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !line.isEmpty else {
      error(.invalidValue, at: node.position, "\(what) is empty")
      return nil
    }
    return line
  }

  /// The items of a list; anything else is refused.
  public func list(_ node: YamlNode, _ key: String) -> [YamlNode] {
    guard case .sequence(let items) = node.content else {
      wrongType(node, "`\(key)` is a list, not \(node.kindName)", suggestion: "begin items with `- `")
      return []
    }
    return items
  }

  /// Lower-case words joined by hyphens.
  public func identifier(_ node: YamlNode, _ what: String, example: String) -> String? {
    guard let text = text(node, what) else { return nil }
    let isAllowed = text.utf8.allSatisfy { byte in
      byte == UInt8(ascii: "-") || (byte.isASCIILetterOrDigit && !(byte >= 65 && byte <= 90))
    }
    guard isAllowed, !text.isEmpty, text.utf8.count <= 64, !text.hasPrefix("-") else {
      error(
        .invalidValue, at: node.position, "\(what) `\(text)` is not made of lower-case letters, digits and hyphens",
        suggestion: "such as `\(example)`")
      return nil
    }
    return text
  }

  /// A moment; nil without an error for `null`.
  public func timestamp(_ node: YamlNode, _ what: String) -> Timestamp? {
    guard !node.isNull, let text = text(node, what) else { return nil }
    if let moment = Timestamp(text) { return moment }
    error(.invalidValue, at: node.position, "`\(text)` is no moment", suggestion: "such as `2026-11-21T10:00:00Z`")
    return nil
  }

  /// Refuses a document whose `apiVersion` is not `version`. `what` is a plural, such as `policies`.
  public func checkVersion(_ reader: MappingReader, of what: String, is version: String) {
    guard let node = reader.required("apiVersion"), let found = text(node, "`apiVersion`") else { return }
    if found != version {
      error(
        .invalidValue, at: node.position, "`\(found)` is no version of \(what) that this apt-gate reads",
        suggestion: "write `\(version)`")
    }
  }
}
