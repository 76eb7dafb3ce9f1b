/// Reads the keys of one mapping by name. Reports keys that are not known, and a node that is no mapping.
public struct MappingReader {
  public let position: DocumentPosition
  /// Whether nothing stands in the mapping, not even a key that is not known.
  public let isEmpty: Bool
  private let entries: [String: YamlEntry]
  /// Known keys that unknown ones were probably meant to be.
  private let meant: Set<String>
  private let what: String
  private let collector: DiagnosticCollector

  /// nil, with an error reported, if `node` is not a mapping. `what` names it, such as `a rule`.
  public init?(_ node: YamlNode, _ what: String, keys: [String], _ collector: DiagnosticCollector) {
    guard case .mapping(let pairs) = node.content else {
      collector.wrongType(
        node, "\(what) is a mapping, not \(node.kindName)",
        suggestion: "its keys are " + keys.map { "`\($0)`" }.joined(separator: ", "))
      return nil
    }
    var entries: [String: YamlEntry] = [:]
    var meant: Set<String> = []
    for entry in pairs {
      if keys.contains(entry.key) {
        entries[entry.key] = entry
      } else {
        collector.error(
          .unknownKey, at: entry.keyPosition, "unknown key `\(entry.key)` in \(what)",
          suggestion: keys.isEmpty ? nil : NearestName.suggestion(for: entry.key, in: keys))
        if let near = NearestName.of(entry.key, in: keys) { meant.insert(near) }
      }
    }
    self.entries = entries
    self.meant = meant
    isEmpty = pairs.isEmpty
    self.position = node.position
    self.what = what
    self.collector = collector
  }

  /// The value of `key`; nil if it is not there.
  public subscript(key: String) -> YamlNode? { entries[key]?.value }

  /// Where `key` stands, or where the mapping begins.
  public func position(of key: String) -> DocumentPosition { entries[key]?.keyPosition ?? position }

  /// The value of `key`; its absence is reported.
  public func required(_ key: String) -> YamlNode? {
    if let value = self[key] { return value }
    guard !collector.isTruncated, !meant.contains(key) else { return nil }
    collector.error(.missingKey, at: position, "\(what) has no `\(key)`", suggestion: "add `\(key):`")
    return nil
  }
}
