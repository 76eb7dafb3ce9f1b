public import GateModel

/// The record that a sync writes before it changes anything.
///
/// Whatever throws here means that the record cannot be relied on: gated changes are then held (G5).
public protocol SyncLedger {
  /// When each version was seen first; those that are new are recorded as seen `now`, unless nothing may be written.
  func firstSeen(of changes: [Change], now: Timestamp) throws -> [Pin: Timestamp]
  /// Records the decisions that differ from the ones recorded last.
  func record(decisions: [CheckedChange], now: Timestamp) throws
  /// Records what was done to apt.
  func record(sync report: SyncReport, now: Timestamp) throws
}
