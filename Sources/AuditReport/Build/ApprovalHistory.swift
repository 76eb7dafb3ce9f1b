internal import GateModel
internal import LedgerLog

/// Who let what through, and what became of it.
struct ApprovalHistory: Sendable {
  private(set) var lines: [ApprovalLine] = []
  private var places: [Int: Int] = [:]
  private var ofVersion: [String: [Int]] = [:]

  mutating func approved(_ record: ApprovalRecord, _ entry: LedgerEntry) {
    places[entry.sequence] = lines.count
    ofVersion[Self.key(record.source, record.version), default: []].append(lines.count)
    lines.append(
      ApprovalLine(sequence: entry.sequence, time: entry.time, actor: entry.actor, record: record, use: .waiting))
  }

  mutating func revoked(_ record: RevocationRecord, _ entry: LedgerEntry) {
    guard let place = places[record.approval], lines[place].use == .waiting else { return }
    lines[place].use = .revoked(entry.time, by: entry.actor, reason: record.reason)
  }

  /// dpkg is about to run: approvals of what it brings are used if they are in force and bound to the same policies.
  mutating func applied(_ intent: TransactionIntent, at time: Timestamp) {
    for change in intent.changes {
      guard let version = change.to else { continue }
      for place in ofVersion[Self.key(change.source, version)] ?? [] where lines[place].use == .waiting {
        let record = lines[place].record
        guard record.expires > time, record.policyDigest == intent.policyDigest else { continue }
        lines[place].use = .used(time, transaction: intent.transaction)
      }
    }
  }

  /// The names of those whose approvals of a version wait.
  func waiting(source: String, version: String, at time: Timestamp) -> [String] {
    let names = (ofVersion[Self.key(source, version)] ?? []).map { lines[$0] }
      .filter { $0.use == .waiting && $0.record.expires > time }
      .flatMap { line in line.record.people.isEmpty ? [line.actor?.name].compactMap(\.self) : line.record.people }
    return Set(names).sorted()
  }

  /// The lines of a period, the newest last.
  func lines(in period: ReportPeriod) -> [ApprovalLine] {
    lines.compactMap { line in
      var line = line
      if line.use == .waiting, line.record.expires <= period.until { line.use = .expired }
      return period.touches(line.time, line.end) ? line : nil
    }
  }

  private static func key(_ source: String, _ version: String) -> String { "\(source)=\(version)" }
}

extension ApprovalLine {
  /// When it ceased to matter.
  fileprivate var end: Timestamp? {
    switch use {
    case .used(let time, _), .revoked(let time, _, _): time
    case .expired: record.expires
    case .waiting: nil
    }
  }
}
