internal import Documents
internal import GateModel

extension PolicyReader {
  static let matchKeys = ["source", "binary", "origin", "security", "action", "effects", "group"]

  /// A `match:` or an entry of `gated:`. Of a broken part the good values are kept; a part without any makes
  /// the whole match unusable, because without it the match would be about more than was meant.
  func match(_ node: YamlNode, _ what: String) -> ChangeMatch? {
    guard let reader = MappingReader(node, what, keys: Self.matchKeys, self) else { return nil }
    guard !reader.isEmpty else {
      if isTruncated { return nil }
      error(.invalidValue, at: node.position, "\(what) is empty", suggestion: "write `source: \"*\"` for every change")
      return nil
    }
    var match = ChangeMatch()
    if let value = reader["source"] { match.sources = packageGlobs(value, "a source package") }
    if let value = reader["binary"] { match.binaries = packageGlobs(value, "a binary package") }
    if let value = reader["origin"] { match.origins = items(value, "`origin`").compactMap(origin) }
    if let value = reader["security"] { match.security = boolean(value, "`security`") }
    if let value = reader["action"] { match.actions = words(value, "action") }
    if let value = reader["effects"] { match.effects = items(value, "`effects`").compactMap(effectPattern) }
    if let value = reader["group"] { match.groups = items(value, "a group").compactMap(group) }
    let lost = Self.matchKeys.contains { reader[$0] != nil && !match.has($0) }
    return lost || match == ChangeMatch() ? nil : match
  }

  private func packageGlobs(_ node: YamlNode, _ what: String) -> [Glob] {
    items(node, what).compactMap { item in
      text(item, what).flatMap { packageGlob($0, what, at: item.position) }
    }
  }

  /// Source of the characters: Debian Policy, section 5.6.1; dpkg itself takes `_` and upper case too.
  private func packageGlob(_ text: String, _ what: String, at position: DocumentPosition) -> Glob? {
    let isAllowed = text.utf8.allSatisfy { byte in
      byte.isASCIILetterOrDigit || "+-._*?".utf8.contains(byte)
    }
    guard isAllowed, !text.isEmpty, text.utf8.count <= 256 else {
      error(
        .invalidValue, at: position, "`\(text)` cannot be the name of \(what)",
        suggestion: "names have letters, digits, `+`, `-`, `.`; `*` and `?` stand for others")
      return nil
    }
    return Glob(text)
  }

  private func group(_ node: YamlNode) -> Glob? {
    guard let text = text(node, "a group") else { return nil }
    let glob = Glob(text)
    if let known = context.groups, !known.contains(where: glob.matches) {
      error(
        .unknownName, at: node.position, "no group of nodes is `\(text)`",
        suggestion: known.isEmpty ? nil : NearestName.suggestion(for: text, in: known.sorted()))
    }
    return glob
  }

  /// A bare word is a glob over the `Origin:` field.
  private func origin(_ node: YamlNode) -> OriginPattern? {
    if node.scalar != nil { return text(node, "`origin`").map { name in OriginPattern { $0 == .origin ? Glob(name) : nil } } }
    let keys = OriginPattern.Field.allCases.map(\.rawValue)
    guard let reader = MappingReader(node, "an origin", keys: keys, self), !reader.isEmpty else { return nil }
    return OriginPattern { field in
      reader[field.rawValue].flatMap { text($0, "`\(field.rawValue)`") }.map { Glob($0) }
    }
  }

  private func effectPattern(_ node: YamlNode) -> EffectPattern? {
    let keys = ["kind", "unit", "verb", "certainty"]
    guard let reader = MappingReader(node, "an effect's pattern", keys: keys, self) else { return nil }
    guard !reader.isEmpty else {
      error(.invalidValue, at: node.position, "an effect's pattern is empty", suggestion: "name at least a `kind`")
      return nil
    }
    var pattern = EffectPattern()
    if let value = reader["kind"] { pattern.kinds = words(value, "kind of effect") }
    if let value = reader["unit"] { pattern.units = items(value, "a unit").compactMap(unitGlob) }
    if let value = reader["verb"] { pattern.verbs = Set(items(value, "a verb").compactMap { text($0, "a verb") }) }
    if let value = reader["certainty"] { pattern.certainty = word(value, "certainty") }
    let lost =
      reader["kind"] != nil && pattern.kinds.isEmpty || reader["unit"] != nil && pattern.units.isEmpty
      || reader["verb"] != nil && pattern.verbs.isEmpty || reader["certainty"] != nil && pattern.certainty == nil
    return lost || pattern == EffectPattern() ? nil : pattern
  }

  private func unitGlob(_ node: YamlNode) -> Glob? {
    guard let name = text(node, "a unit") else { return nil }
    if let problem = UnitNamePattern.problem(in: name, globs: true) {
      error(.invalidValue, at: node.position, problem.message, suggestion: problem.suggestion)
      return nil
    }
    return Glob(name)
  }
}

extension ChangeMatch {
  fileprivate func has(_ key: String) -> Bool {
    switch key {
    case "source": !sources.isEmpty
    case "binary": !binaries.isEmpty
    case "origin": !origins.isEmpty
    case "security": security != nil
    case "action": !actions.isEmpty
    case "group": !groups.isEmpty
    default: !effects.isEmpty
    }
  }
}
