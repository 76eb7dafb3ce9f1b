internal import FleetStore
internal import Rollout

/// The records that one event reads, and the transaction that writes what it changed.
struct RolloutTurn {
  let id: RolloutID
  let node: String?
  private let read: [String: StoredValue]
  private let before: RolloutStateMachine
  var machine: RolloutStateMachine

  /// The keys to read at once.
  static func keys(_ id: RolloutID, _ node: String?) -> [String] {
    let own = [FleetKey.head(id), FleetKey.artifacts(id), FleetKey.book]
    return own + (node.map { [FleetKey.member(id, $0), FleetKey.slot($0)] } ?? [])
  }

  /// nil if there is no such rollout.
  init?(
    _ id: RolloutID, _ node: String?, _ plan: FleetPlan, _ read: [String: StoredValue]
  ) throws(FleetStoreError) {
    func record<Record: Decodable>(_ key: String) throws(FleetStoreError) -> Record? {
      guard let value = read[key] else { return nil }
      return try RecordCoding.record(in: value, at: key)
    }
    guard let head: RolloutHead = try record(FleetKey.head(id)) else { return nil }
    self.id = id
    self.node = node
    self.read = read
    before = RolloutStateMachine(
      plan: plan, head: head, book: try record(FleetKey.book) ?? SlotBook(),
      node: try node.flatMap { name throws(FleetStoreError) in try record(FleetKey.member(id, name)) },
      slot: try node.flatMap { name throws(FleetStoreError) in try record(FleetKey.slot(name)) },
      artifacts: try record(FleetKey.artifacts(id)) ?? ArtifactSet())
    machine = before
  }

  /// What the event changed, on condition that what it decided by is as it was; nil if it changed nothing.
  ///
  /// The head is always among the conditions: every move of a node changes its counts, so that two events of one rollout
  /// never both happen unseen. The slots' book is one only where slots were taken or freed, or a token was given.
  func transaction(_ condition: StoreCondition?) throws(FleetStoreError) -> StoreTransaction? {
    var writes: [StoreWrite] = []
    var conditions = [head(FleetKey.head(id)), head(FleetKey.artifacts(id))] + (condition.map { [$0] } ?? [])
    let entries = machine.announcements
    if machine.artifacts != before.artifacts { writes.append(try put(FleetKey.artifacts(id), machine.artifacts)) }
    if machine.book != before.book {
      conditions.append(head(FleetKey.book))
      writes.append(try put(FleetKey.book, machine.book))
    }
    if let node {
      conditions.append(head(FleetKey.member(id, node)))
      try member(node, &writes)
      if machine.slot != before.slot {
        conditions.append(head(FleetKey.slot(node)))
        writes.append(try write(FleetKey.slot(node), machine.slot))
      }
    }
    for (offset, entry) in entries.enumerated() {
      writes.append(try put(FleetKey.journal(id, before.head.journalLength + offset), entry))
    }
    if machine.head != before.head { writes.append(try put(FleetKey.head(id), machine.head)) }
    if machine.head.status.isOver != before.head.status.isOver { writes.append(Self.active(machine.head)) }
    return writes.isEmpty ? nil : StoreTransaction(conditions: conditions, writes: writes)
  }

  /// Its place among the rollouts that are not over.
  static func active(_ head: RolloutHead) -> StoreWrite {
    let key = FleetKey.active(head.id)
    return head.status.isOver ? .delete(key: key) : .put(key: key, bytes: Array("{}".utf8))
  }

  private func head(_ key: String) -> StoreCondition { StoreCondition(key, is: read[key]?.version) }

  /// The node's record, and its place among those that must report.
  private func member(_ node: String, _ writes: inout [StoreWrite]) throws(FleetStoreError) {
    guard machine.node != before.node else { return }
    writes.append(try write(FleetKey.member(id, node), machine.node))
    let old = before.node.flatMap { FleetKey.due(id, $0) }
    let new = machine.node.flatMap { FleetKey.due(id, $0) }
    guard old != new else { return }
    if let old { writes.append(.delete(key: old)) }
    if let new { writes.append(.put(key: new, bytes: Array("{}".utf8))) }
  }

  private func put(_ key: String, _ record: some Encodable) throws(FleetStoreError) -> StoreWrite {
    .put(key: key, bytes: try RecordCoding.bytes(of: record, at: key))
  }

  private func write(_ key: String, _ record: (some Encodable)?) throws(FleetStoreError) -> StoreWrite {
    guard let record else { return .delete(key: key) }
    return try put(key, record)
  }
}
