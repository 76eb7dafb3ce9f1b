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
    let records = decisions.map { DecisionRecord($0, policyDigest: policyDigest) }
    let changed = try records.filter { record in
      try ledger.lastDecision(source: record.change.source, version: record.change.to)?.record != record
    }
    if !changed.isEmpty { try ledger.append(changed.map { .decision($0) }, at: now) }
  }

  func record(sync report: SyncReport, now: Timestamp) throws {
    let record = SyncRecord(
      policyDigest: policyDigest, pending: report.plan.checked.count, pinned: report.holds.flatMap(\.pins).map(\.text),
      unpinned: report.removed.map(\.text), problems: report.problems.map(\.message))
    try ledger.get().append([.sync(record)], at: now)
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

extension Pin {
  fileprivate var text: String { "\(source)=\(version)" }
}

extension FirstSeenRecord {
  fileprivate init(_ change: Change, _ target: Pin) {
    self.init(
      source: target.source, version: target.version.text,
      origins: change.origins.map { "\($0.label)/\($0.suite)" })
  }
}

extension DecisionRecord {
  init(_ checked: CheckedChange, policyDigest: String) {
    let decision = checked.decision
    self.init(
      change: ChangeRecord(checked.change), verdict: decision.verdict, decidedBy: decision.decidedBy,
      gatedBy: decision.gatedBy, shieldedUnits: decision.shieldedUnits, message: decision.message,
      clearsWhen: decision.clearsWhen, policyDigest: policyDigest)
  }
}

extension ChangeRecord {
  init(_ change: Change) {
    self.init(
      source: change.source, action: change.action, from: change.from?.text, to: change.to?.text,
      packages: change.binaries.map {
        PackageRecord(name: $0.name, architecture: $0.architecture, from: $0.from?.text, to: $0.to?.text)
      })
  }
}
