internal import Documents
internal import GateModel
public import TimeWindows

/// When a rule is in force. Terms that are there are AND-ed.
public struct TimeTerms: Sendable, Hashable {
  /// In force while one of these windows is open.
  public var during: [TimeWindow] = []
  /// In force while none of these windows is open.
  public var outside: [TimeWindow] = []
  /// In force while the version has been known for less than this.
  public var youngerThan: Duration?

  public var isEmpty: Bool { during.isEmpty && outside.isEmpty && youngerThan == nil }
}

extension PolicyReader {
  static let timeKeys = ["during", "outside", "youngerThan"]

  /// nil, with errors reported, if a term cannot be read: without it the rule would be in force at other times.
  func timeTerms(_ reader: MappingReader, _ windows: [TimeWindow]) -> TimeTerms? {
    var terms = TimeTerms()
    if let node = reader["during"] { terms.during = windowNames(node, windows) }
    if let node = reader["outside"] { terms.outside = windowNames(node, windows) }
    if let node = reader["youngerThan"] { terms.youngerThan = duration(node, "`youngerThan`") }
    let lost =
      reader["during"] != nil && terms.during.isEmpty || reader["outside"] != nil && terms.outside.isEmpty
      || reader["youngerThan"] != nil && terms.youngerThan == nil
    return lost ? nil : terms
  }

  private func windowNames(_ node: YamlNode, _ windows: [TimeWindow]) -> [TimeWindow] {
    var found: [TimeWindow] = []
    for item in items(node, "a window") {
      guard let name = text(item, "a window") else { return [] }
      guard let window = windows.first(where: { $0.name == name }) else {
        let names = windows.map(\.name)
        error(
          .unknownName, at: item.position, "this policy has no window `\(name)`",
          suggestion: names.isEmpty ? "add it under `windows:`" : NearestName.suggestion(for: name, in: names))
        return []
      }
      found.append(window)
    }
    return found
  }
}
