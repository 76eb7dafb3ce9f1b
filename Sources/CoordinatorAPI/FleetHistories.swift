public import AuditReport

/// A page of what nodes told of their ledgers, in the order of the nodes' names. Nodes that told nothing stand in it, too.
public struct FleetHistoryPage: Sendable, Codable {
  public var nodes: [FleetNodeHistory]
  /// Ask again with `after` of this name; absent at the end.
  public var next: String?

  public init(nodes: [FleetNodeHistory], next: String?) {
    self.nodes = nodes
    self.next = next
  }

  /// Bytes of histories after which a page ends.
  public static let fullAfter = 4 << 20
}

/// A page of what people did through the coordinator, the newest first.
public struct FleetDeedPage: Sendable, Codable {
  public var deeds: [FleetDeed]
  /// Ask again with `before` of this number; absent at the end.
  public var next: Int?
  /// How many there are, and the digest of the last: who keeps both finds a later change of any.
  public var count: Int
  public var head: String

  public init(deeds: [FleetDeed], next: Int?, count: Int, head: String) {
    self.deeds = deeds
    self.next = next
    self.count = count
    self.head = head
  }
}
