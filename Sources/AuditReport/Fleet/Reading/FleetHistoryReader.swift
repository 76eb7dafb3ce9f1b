/// Reads a page of nodes from its JSON, one node after the other: only one is in memory beside the page.
///
/// The page is `{"next": ..., "nodes": [...]}` as its coordinator writes it; where to ask on is known before a node is read.
public struct FleetHistoryReader: Sendable {
  private enum Key: String, CaseIterable { case next, nodes }
  private static let keys = JSONKeys<Key>(optional: [.next])

  /// Ask again with `after` of this name; nil at the end.
  public private(set) var next: String?
  private var json: JSONPullReader
  private var page = JSONProgress()
  private var isFirst = true
  private var isOver = false

  public init(_ page: [UInt8]) throws(HistoryReadingError) {
    json = JSONPullReader(page)
    try readUpToNodes()
    // It was written after the nodes, or it is the last page: the nodes are passed over once to know.
    if next == nil { next = try afterNodes() }
  }

  private mutating func readUpToNodes() throws(HistoryReadingError) {
    while let key = try json.member(of: Self.keys, &page) {
      switch key {
      case .next: next = try json.optional()
      case .nodes: return try json.step(over: UInt8(ascii: "["), "list")
      }
    }
  }

  /// What stands after the nodes; the reader stays where it is.
  private func afterNodes() throws(HistoryReadingError) -> String? {
    var (json, page, isFirst) = (json, page, true)
    while try !json.ends(with: UInt8(ascii: "]"), isFirst: isFirst) {
      isFirst = false
      try json.skip()
    }
    var next: String?
    while try json.member(of: Self.keys, &page) != nil { next = try json.optional() }
    return next
  }

  /// The next node; nil after the last one. After an error there is no more.
  public mutating func node() throws(HistoryReadingError) -> FleetNodeHistory? {
    guard !isOver else { return nil }
    isOver = true
    if try json.ends(with: UInt8(ascii: "]"), isFirst: isFirst) {
      while try json.member(of: Self.keys, &page) != nil { let _: String? = try json.optional() }
      try json.atEnd()
      return nil
    }
    isFirst = false
    let node = try FleetNodeHistory(reading: &json)
    isOver = false
    return node
  }
}
