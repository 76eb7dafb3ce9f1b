internal import GateModel
internal import LedgerLog

/// What syncs say besides: policies, modes, problems, and what apt itself keeps back.
struct SyncHistory: Sendable {
  /// Of more problems these are the last.
  static let mostProblems = 50

  private(set) var policies: [PolicySpan] = []
  private(set) var problems: [SyncProblemLine] = []
  private(set) var keptBack: [KeptBackUpdate] = []

  mutating func synced(_ record: SyncRecord, at time: Timestamp, isInPeriod: Bool) {
    inForce(record.policyDigest, record.mode, at: time)
    if isInPeriod, !record.problems.isEmpty {
      problems += record.problems.map { SyncProblemLine(time: time, problem: $0) }
      if problems.count > Self.mostProblems { problems.removeFirst(problems.count - Self.mostProblems) }
    }
    let before = Dictionary(keptBack.map { ($0.record, $0.since) }) { first, _ in first }
    keptBack = record.keptBack.map { KeptBackUpdate(record: $0, since: before[$0] ?? time) }
  }

  mutating func configured(_ record: ConfigurationRecord, at time: Timestamp) {
    inForce(record.policyDigest, GateMode(rawValue: record.mode), at: time)
  }

  private mutating func inForce(_ digest: String, _ mode: GateMode?, at time: Timestamp) {
    if let last = policies.last, last.digest == digest, mode == nil || last.mode == mode { return }
    policies.append(PolicySpan(since: time, digest: digest, mode: mode))
  }

  /// The policies of a period: those that were in force at its beginning, and later ones.
  func policies(in period: ReportPeriod) -> [PolicySpan] {
    guard let since = period.since else { return policies }
    let first = policies.lastIndex { $0.since <= since } ?? 0
    return Array(policies.dropFirst(first))
  }
}
