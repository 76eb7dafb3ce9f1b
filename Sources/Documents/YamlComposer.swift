/// Builds the nodes of a file's one document, and refuses the parts of YAML that make a document hard to trust:
/// anchors, aliases, merge keys, tags, keys that are not text, duplicate keys.
///
/// Memory and time are bounded by the limits below; aliases are never followed.
public struct YamlComposer {
  /// A file is written by hand; the largest that is read, in bytes.
  public static let largestFile = 1 << 20
  /// Nodes nested deeper than this are refused.
  public static let deepestNesting = 32
  /// Nodes in one file.
  public static let mostNodes = 100_000

  private let collector: DiagnosticCollector
  private let events: YamlEvents
  private let limit: Int
  private var nodes = 0
  /// Set when reading cannot go on; what was read so far is kept.
  private var stopped = false {
    didSet { collector.isTruncated = stopped }
  }

  /// The document in `collector.source`, as far as it could be read; nil if there is none.
  public static func compose(
    _ collector: DiagnosticCollector, largest: Int = largestFile, mostNodes: Int = mostNodes
  ) -> YamlNode? {
    let size = collector.source.text.utf8.count
    guard size <= largest else {
      collector.error(
        .limit, at: .start, "the file has \(size) bytes; at most \(largest) are read", suggestion: "split it")
      return nil
    }
    var composer = YamlComposer(collector, mostNodes)
    return composer.document()
  }

  private init(_ collector: DiagnosticCollector, _ limit: Int) {
    self.limit = limit
    self.collector = collector
    events = YamlEvents(collector.source.text)
  }

  private mutating func document() -> YamlNode? {
    var root: YamlNode?
    while let event = nextEvent() {
      switch event.kind {
      case .streamEnd:
        if root == nil { collector.error(.syntax, at: .start, "the file is empty") }
        return root
      case .documentStart where root != nil:
        collector.error(
          .forbiddenYAML, at: event.position, "a second document in the file",
          suggestion: "put each document in a file of its own")
        return root
      case .documentStart, .documentEnd: continue
      default: root = node(event, depth: 1)
      }
    }
    return root
  }

  private mutating func nextEvent() -> YamlEvent? {
    guard !stopped else { return nil }
    do {
      return try events.next()
    } catch {
      stopped = true
      let suggestion = error.message.contains("alias") ? "a glob that starts with `*` goes in quotes" : nil
      collector.error(.syntax, at: error.position, "not valid YAML: \(error.message)", suggestion: suggestion)
      return nil
    }
  }

  /// The node that begins with `event`; nil if reading had to stop before it.
  private mutating func node(_ event: YamlEvent, depth: Int) -> YamlNode? {
    nodes += 1
    guard depth <= Self.deepestNesting else { return stop(event, "nodes nest deeper than \(Self.deepestNesting)") }
    guard nodes <= limit else { return stop(event, "the file has more than \(limit) nodes") }
    refuseProperties(of: event)
    switch event.kind {
    case .scalar(let scalar): return YamlNode(content: .scalar(scalar), position: event.position)
    case .sequenceStart: return YamlNode(content: .sequence(items(depth: depth)), position: event.position)
    case .mappingStart: return YamlNode(content: .mapping(entries(depth: depth)), position: event.position)
    case .alias(let name): return refuse(alias: name, at: event.position)
    default: return nil
    }
  }

  private mutating func items(depth: Int) -> [YamlNode] {
    var items: [YamlNode] = []
    while let event = nextEvent() {
      if case .sequenceEnd = event.kind { break }
      if let item = node(event, depth: depth + 1) { items.append(item) }
    }
    return items
  }

  private mutating func entries(depth: Int) -> [YamlEntry] {
    var entries: [YamlEntry] = []
    var seen: [String: DocumentPosition] = [:]
    while let keyEvent = nextEvent() {
      if case .mappingEnd = keyEvent.kind { break }
      let key = node(keyEvent, depth: depth + 1)
      guard let valueEvent = nextEvent(), let value = node(valueEvent, depth: depth + 1) else { continue }
      guard let name = acceptedKey(key, seen: &seen) else { continue }
      entries.append(YamlEntry(key: name, keyPosition: keyEvent.position, value: value))
    }
    return entries
  }

  private func acceptedKey(_ key: YamlNode?, seen: inout [String: DocumentPosition]) -> String? {
    guard let key else { return nil }
    guard let name = key.scalar?.text else {
      collector.wrongType(key, "a key must be a word, not \(key.kindName)")
      return nil
    }
    if name == "<<" {
      collector.error(.forbiddenYAML, at: key.position, "merge keys are not used here", suggestion: spelled)
      return nil
    }
    if let first = seen[name] {
      collector.error(.duplicateKey, at: key.position, "key `\(name)` stands here twice, first in line \(first.line)")
      return nil
    }
    seen[name] = key.position
    return name
  }

  private func refuseProperties(of event: YamlEvent) {
    if let anchor = event.anchor {
      collector.error(
        .forbiddenYAML, at: event.position, "anchor `&\(anchor)`: anchors are not used here",
        suggestion: spelled)
    }
    if let tag = event.tag {
      collector.error(
        .forbiddenYAML, at: event.position, "tag `\(tag)`: tags are not used here",
        suggestion: "a glob or text that starts with `!` goes in quotes; every key has one type anyway")
    }
  }

  private func refuse(alias name: String, at position: DocumentPosition) -> YamlNode {
    collector.error(
      .forbiddenYAML, at: position, "alias `*\(name)`: aliases are not used here",
      suggestion: "\(spelled); a glob that starts with `*` goes in quotes")
    return YamlNode(content: .refused, position: position)
  }

  private var spelled: String { "write the value out where it is used" }

  private mutating func stop(_ event: YamlEvent, _ message: String) -> YamlNode? {
    stopped = true
    collector.error(.limit, at: event.position, message)
    return nil
  }
}
