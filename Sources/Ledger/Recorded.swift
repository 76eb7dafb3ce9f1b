public import GateModel
public import LedgerLog

/// What an entry says, with where and when it was said and by whom.
public struct Recorded<Record: Sendable & Hashable>: Sendable, Hashable {
  public var sequence: Int
  public var time: Timestamp
  public var actor: LedgerActor?
  public var record: Record

  init(_ entry: LedgerEntry, _ record: Record) {
    (sequence, time, actor, self.record) = (entry.sequence, entry.time, entry.actor, record)
  }
}
