import GateEngine
import GateModel
import Ledger
import LedgerLog

/// The node's ledger as a sync uses it.
struct NodeSyncLedger: SyncLedger {
  /// Opened, or why it could not be.
  let ledger: Result<NodeLedger, LedgerError>
  let policyDigest: String
  /// Whether nothing may be written.
  var isReadOnly = false
  /// What a restart of systemd-networkd by a change would take away; nil where that is not known.
  var risk: (Change) -> NetworkAtRisk? = { _ in nil }

  func firstSeen(of changes: [Change], now: Timestamp) throws -> [Pin: Timestamp] {
    if isReadOnly, case .failure(let error) = ledger, error.code == .missing {
      return Dictionary(changes.compactMap(\.target).map { ($0, now) }) { first, _ in first }
    }
    let ledger = try ledger.get()
    var times: [Pin: Timestamp] = [:]
    var new: [LedgerBody] = []
    for change in changes {
      guard let target = change.target, times[target] == nil else { continue }
      if let time = try ledger.firstSeen(source: target.source, version: target.version.text) {
        times[target] = time
      } else {
        times[target] = now
        new.append(.firstSeen(FirstSeenRecord(change, target)))
      }
    }
    if !isReadOnly, !new.isEmpty { try ledger.append(new, at: now) }
    return times
  }

  func record(decisions: [CheckedChange], now: Timestamp) throws {
    Failpoint.reach(.syncRecord)
    let ledger = try ledger.get()
    let records = decisions.map {
      DecisionRecord($0, policyDigest: policyDigest, risk: $0.touchesNetworkd ? risk($0.change) : nil)
    }
    let changed = try records.compactMap { record in
      let last = try ledger.lastDecision(source: record.change.source, version: record.change.to)?.record
      let record = record.keepingFacts(of: last)
      return last == record ? nil : record
    }
    if !changed.isEmpty { try ledger.append(changed.map { .decision($0) }, at: now) }
  }

  func record(sync report: SyncReport, now: Timestamp) throws {
    try ledger.get().append([.sync(SyncRecord(report, policyDigest: policyDigest))], at: now)
    Failpoint.reach(.syncRecorded)
  }

  /// The approvals that nobody took back and that have not expired.
  func approvals(at time: Timestamp) throws -> [Approval] {
    if case .failure(let error) = ledger, error.code == .missing { return [] }
    return try ledger.get().approvals(at: time).map { Approval($0.record) }
  }
}

extension Approval {
  init(_ record: ApprovalRecord) {
    self.init(
      source: record.source, version: PackageVersion(record.version), policyDigest: record.policyDigest,
      approvers: Set(record.people), reason: record.reason, expires: record.expires)
  }
}

extension Change {
  /// The version that decisions and approvals are bound to; nil for a removal.
  var target: Pin? { to.map { Pin(source: source, version: $0) } }
}

extension FirstSeenRecord {
  fileprivate init(_ change: Change, _ target: Pin) {
    self.init(
      source: target.source, version: target.version.text,
      origins: change.origins.map { "\($0.label)/\($0.suite)" })
  }
}
