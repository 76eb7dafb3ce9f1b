internal import GateModel

/// One rollout, as it stands, with the one node that an event is about.
///
/// It holds the records that an event may change: who drives it reads them from the store, calls the method of the event,
/// and writes what changed, all or nothing, if nobody else wrote in between. The methods do no I/O and are told the time.
///
/// Nodes move as ``NodePhase/transitions`` has it and the rollout as ``RolloutStatus/transitions`` has it; both tables are
/// drawn in docs/rollout.md. A ring is closed, opens when every ring before it has passed and people have approved, and
/// passes when enough of its nodes have soaked. It never closes again.
///
/// INVARIANT: a node holds a slot from its grant until it reports how it went; a node that fell silent while dpkg may
/// have been running keeps it until it speaks or an operator goes on without it.
/// INVARIANT: nothing is granted, and nothing granted may begin, unless the rollout is active or completed.
public struct RolloutStateMachine: Sendable {
  public let plan: FleetPlan
  public internal(set) var head: RolloutHead
  /// Counts the slots of the whole fleet.
  public internal(set) var book: SlotBook
  /// The record of the node that the event is about; nil if it has none yet, or the event is about none.
  public internal(set) var node: NodeRecord?
  /// The slot of that node; nil if it has none.
  public internal(set) var slot: SlotRecord?
  /// What the rollout is bound to.
  public internal(set) var artifacts: ArtifactSet
  /// What the events so far add to the journal.
  public internal(set) var announcements: [JournalEntry] = []

  public init(
    plan: FleetPlan, head: RolloutHead, book: SlotBook = SlotBook(), node: NodeRecord? = nil, slot: SlotRecord? = nil,
    artifacts: ArtifactSet = ArtifactSet()
  ) {
    self.plan = plan
    self.head = head
    self.book = book
    self.node = node
    self.slot = slot
    self.artifacts = artifacts
  }

  /// The phase of the node.
  public var phase: NodePhase { node?.phase ?? .expected }

  /// The plan of the ring that the node's record is counted in. A ring that is gone from the plan has the usual limits.
  var recordedRing: RingPlan? {
    node.map { node in plan.ring(named: node.ring) ?? RingPlan(name: node.ring, groups: []) }
  }

  // MARK: Moving

  /// Moves the node as the table says; false, and nothing changed, where the table has no such step.
  mutating func move(_ event: NodeEvent, at now: Timestamp) -> Bool {
    guard var record = node, let next = record.phase.after(event) else { return false }
    if record.phase != .expected { head[record.ring][record.phase] -= 1 }
    head[record.ring][next] += 1
    if record.unproven != nil { head[record.ring].unproven -= 1 }
    record.unproven = nil
    record.phase = next
    record.since = now
    if !next.isAtWork, next != .healthy { record.deadline = nil }
    node = record
    // A failure that was forgiven and is none any more must not make room for another.
    let failures = head[record.ring].failures
    if head[record.ring].forgiven > failures { head[record.ring].forgiven = failures }
    return true
  }

  /// Frees the slot unless another rollout needs it.
  mutating func freeSlot() {
    guard var record = slot else { return }
    record.holders[head.id.description] = nil
    guard record.holders.isEmpty else {
      slot = record
      return
    }
    book.free(record)
    slot = nil
  }

  mutating func announce(
    _ kind: JournalEntry.Kind, ring: String? = nil, node: String? = nil, by person: String = RolloutNote.itself,
    _ reason: String, at now: Timestamp
  ) {
    announcements.append(
      JournalEntry(kind, ring: ring, node: node, note: RolloutNote(by: person, reason: reason, at: now)))
    head.journalLength += 1
  }

  mutating func change(_ event: RolloutEvent, by person: String, _ reason: String, at now: Timestamp) -> Bool {
    guard let next = head.status.after(event) else { return false }
    head.status = next
    head.note = RolloutNote(by: person, reason: reason, at: now)
    return true
  }
}
