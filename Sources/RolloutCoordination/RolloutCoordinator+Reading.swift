public import FleetStore
public import GateModel
public import Rollout

/// What people ask for. Nothing here writes.
extension RolloutCoordinator {
  /// Every rollout that the store knows, those that are over too, by id.
  public func heads() async throws(FleetStoreError) -> [RolloutHead] { try await heads(FleetKey.heads) }

  /// The rollouts that are not over, by id. None of their records is read.
  public func active() async throws(FleetStoreError) -> [RolloutID] {
    var ids: [RolloutID] = []
    var after: String?
    repeat {
      let page = try await store.range(FleetKey.active, after: after, limit: 100)
      ids += page.entries.compactMap { RolloutID(String($0.key.dropFirst(FleetKey.active.count))) }
      after = page.hasMore ? page.entries.last?.key : nil
    } while after != nil
    return ids
  }

  func heads(_ prefix: String) async throws(FleetStoreError) -> [RolloutHead] {
    var heads: [RolloutHead] = []
    try await each(prefix) { heads.append($0) }
    return heads
  }

  /// Every rollout as an operator sees it, by id: what is kept of their nodes is not read.
  public func reports(under plan: FleetPlan, at now: Timestamp) async throws(FleetStoreError) -> [RolloutReport] {
    let book: SlotBook? = try await store.get(FleetKey.book).map { value throws(FleetStoreError) in
      try RecordCoding.record(in: value, at: FleetKey.book)
    }
    return try await heads().map { head in
      RolloutStateMachine(plan: plan, head: head, book: book ?? SlotBook()).report(at: now)
    }
  }

  /// A rollout with the slots' book, to ask what it waits for; nil if there is none.
  public func machine(
    _ id: RolloutID, node: String? = nil, under plan: FleetPlan
  ) async throws(FleetStoreError) -> RolloutStateMachine? {
    let read = try await store.read(RolloutTurn.keys(id, node))
    return try RolloutTurn(id, node, plan, read)?.machine
  }

  /// Nodes of a rollout by name, at most `limit` of those after `after`, and whether more follow.
  public func members(
    _ id: RolloutID, after: String? = nil, limit: Int = 100
  ) async throws(FleetStoreError) -> (records: [NodeRecord], hasMore: Bool) {
    let page = try await store.range(
      FleetKey.members(id), after: after.map { FleetKey.member(id, $0) }, limit: limit)
    let records = try page.entries.map { entry throws(FleetStoreError) -> NodeRecord in
      try RecordCoding.record(in: entry.value, at: entry.key)
    }
    return (records, page.hasMore)
  }

  public func journal(_ id: RolloutID) async throws(FleetStoreError) -> [JournalEntry] {
    var entries: [JournalEntry] = []
    try await each(FleetKey.journal(id)) { entries.append($0) }
    return entries
  }

  /// The slots that are taken now.
  public func slots() async throws(FleetStoreError) -> [SlotRecord] {
    var slots: [SlotRecord] = []
    try await each(FleetKey.slots) { slots.append($0) }
    return slots
  }

  public func node(_ name: String) async throws(FleetStoreError) -> FleetNode? {
    let key = FleetKey.node(name)
    guard let value = try await store.get(key) else { return nil }
    return try RecordCoding.record(in: value, at: key)
  }

  /// Every node of the fleet, by name.
  public func eachNode(_ body: (FleetNode) -> Void) async throws(FleetStoreError) {
    try await each(FleetKey.nodes, body)
  }

  private func each<Record: Decodable>(
    _ prefix: String, _ body: (Record) -> Void
  ) async throws(FleetStoreError) {
    var after: String?
    repeat {
      let page = try await store.range(prefix, after: after, limit: StoreLimit.largestPage)
      for entry in page.entries { body(try RecordCoding.record(in: entry.value, at: entry.key)) }
      after = page.hasMore ? page.entries.last?.key : nil
    } while after != nil
  }
}
