/// The node's network state at an instant, as the kernel's own messages.
public struct NetworkSnapshot: Sendable {
  private var tables: [NetworkObjectKind: MessageTable]

  public init(_ tables: [NetworkObjectKind: MessageTable] = [:]) { self.tables = tables }

  /// The messages of a kind; empty if there are none.
  public subscript(kind: NetworkObjectKind) -> MessageTable {
    get { tables[kind] ?? MessageTable() }
    set { tables[kind] = newValue }
    _modify { yield &tables[kind, default: MessageTable()] }
  }

  public var links: [Link] { objects(.link, Link.init) }
  public var addresses: [InterfaceAddress] { objects(.address, InterfaceAddress.init) }
  public var nexthops: [Nexthop] { objects(.nexthop, Nexthop.init) }
  public var rules: [PolicyRule] { objects(.rule, PolicyRule.init) }
  public var neighbours: [Neighbour] { objects(.neighbour, Neighbour.init) }

  /// Calls `body` with each route and where its message is in the table of routes, one at a time.
  public func forEachRoute(_ body: (Route, Int) throws -> Void) rethrows {
    try self[.route].withMessages { reader in
      for index in 0..<reader.count {
        guard let frame = reader.frame(at: index), let route = Route(frame) else { continue }
        try body(route, index)
      }
    }
  }

  private func objects<Object>(_ kind: NetworkObjectKind, _ decode: (MessageFrame) -> Object?) -> [Object] {
    self[kind].withMessages { reader in
      (0..<reader.count).compactMap { reader.frame(at: $0).flatMap(decode) }
    }
  }
}
