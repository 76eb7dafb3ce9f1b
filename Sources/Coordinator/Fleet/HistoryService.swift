internal import AuditReport
internal import CoordinatorAPI
internal import CoordinatorPages
internal import FleetStore
internal import FoundationEssentials
internal import GateModel
internal import Rollout
internal import RolloutCoordination

/// What nodes tell of their ledgers, for reports on the whole fleet: kept as told, under `histories/NODE`.
struct HistoryService: Sendable {
  /// Histories that are read at once; each has at most ``NodeHistory/largest`` bytes.
  private static let chunk = 50

  /// How often it is begun again because the node checks in at the same moment.
  private static let attempts = 8

  let store: any FleetStore
  let fleet: FleetService

  static func key(_ node: String) -> String { "histories/\(node)" }

  /// - Parameter name: as the node's credentials prove it.
  func keep(_ history: NodeHistory, of name: String) async throws {
    if let problem = history.problem { throw APIProblem(.invalidRequest, problem) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = Array(try encoder.encode(history))
    guard bytes.count <= NodeHistory.largest else {
      throw APIProblem(.bodyTooLarge, "the history has over \(NodeHistory.largest) bytes")
    }
    // Only for a node that is known: one that is being forgotten at this moment leaves nothing behind.
    for _ in 0..<Self.attempts {
      guard FleetNode.isValid(name: name), let node = try await store.get(FleetKey.node(name)) else {
        throw APIProblem(.refused, "node `\(name)` has not checked in yet; check in first")
      }
      let transaction = StoreTransaction(
        conditions: [StoreCondition(FleetKey.node(name), is: node.version)],
        writes: [.put(key: Self.key(name), bytes: bytes)])
      if case .committed = try await store.transact(transaction) { return }
    }
    throw FleetStoreError(.unavailable, "node `\(name)` keeps checking in; tell its history once at a time")
  }

  /// A page as JSON; see ``FleetHistoryPage``. What nodes told is in it as it was kept, and is not read again here. Where to
  /// ask on stands first, so that who reads a page can have the next one made meanwhile.
  func page(after: String?, limit: Int) async throws -> [UInt8] {
    var (items, count, after, isFull): ([UInt8], Int, String?, Bool) = ([], 0, after, false)
    items.reserveCapacity(FleetHistoryPage.fullAfter + NodeHistory.largest)
    var next: String?
    while !isFull {
      let page = try await store.range(
        FleetKey.nodes, after: after.map(FleetKey.node), limit: min(Self.chunk, limit - count))
      let nodes = try page.entries.map { try JSONDecoder().decode(FleetNode.self, from: Data($0.value.bytes)) }
      let told = nodes.isEmpty ? [:] : try await store.read(nodes.map { Self.key($0.name) })
      let standings = try await WitnessRecords(store: store).standings(of: nodes.map(\.name))
      for node in nodes {
        if count > 0 { items.append(UInt8(ascii: ",")) }
        items += try Self.item(node, FleetNodeHistory.Ledger(standings[node.name] ?? .unseen))
        if let history = told[Self.key(node.name)]?.bytes {
          items.removeLast()
          items += ",\"history\":".utf8
          items += history
          items.append(UInt8(ascii: "}"))
        }
        count += 1
      }
      after = nodes.last?.name
      next = page.hasMore ? after : nil
      isFull = !page.hasMore || count >= limit || items.count >= FleetHistoryPage.fullAfter
    }
    let start = try next.map { "\"next\":\(String(decoding: try JSONEncoder().encode($0), as: UTF8.self))," } ?? ""
    return Array("{\(start)\"nodes\":[".utf8) + items + Array("]}".utf8)
  }

  /// One node, without what it told.
  private static func item(_ node: FleetNode, _ ledger: FleetNodeHistory.Ledger) throws -> Data {
    try JSONEncoder().encode(FleetNodeHistory(node: node.name, seen: node.seen, ledger: ledger))
  }
}
