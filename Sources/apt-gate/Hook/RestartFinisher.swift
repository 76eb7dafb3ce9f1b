import GateEngine
import GateModel
import Glibc
import Ledger
import LedgerLog
import NetworkSystem
import SystemdSystem

/// Sees to the end of a restart once, whoever has its claim: puts back what is missing, and records what came of it.
struct RestartFinisher {
  let settings: HookSettings
  let deadline: ContinuousClock.Instant

  /// For what nobody watched over: systemd goes on with the job, and the network is compared with how it was before.
  func finish(_ record: TransactionRecord, problem: String? = nil) {
    guard let unit = record.restart, let isRestarted = waitForJob(unit) else { return }
    var network: (any NetworkFinishing)?
    if let snapshot = record.snapshot, isRestarted {
      network = SnapshotNetwork(
        folder: settings.snapshots, id: snapshot, age: Timestamp.now.duration(since: record.began),
        churn: settings.churn, deadline: deadline)
    }
    let message = problem ?? "apt-gate was killed before it was done"
    try? finish(record, network: network, isRestarted: isRestarted, message: message, result: .interrupted)
  }

  /// Puts back what is missing, and records the outcome; the record of it goes then, so that nobody does it twice.
  func finish(
    _ record: TransactionRecord, network: (any NetworkFinishing)?, isRestarted: Bool, message: String?,
    result: RunResult? = nil
  ) throws {
    defer { settings.transactions.remove(record.id) }
    let unit = record.restart?.name ?? ""
    var (counts, message) = (NetworkRecord(), message)
    do {
      counts.lost = try network?.lookAfter() ?? 0
      counts.restored = counts.lost > 0 ? try network?.restore() ?? 0 : 0
    } catch {
      message = [message, "the network was not compared: \(error)"].compactMap(\.self).joined(separator: "; ")
    }
    counts.missing = max(0, counts.lost - counts.restored)
    let isGood = isRestarted && message == nil && counts.missing == 0
    let outcome = RestartOutcome(
      transaction: record.id, result: result ?? (isGood ? .completed : .failed), settled: isRestarted ? [unit] : [],
      message: message, network: network.map { counts.naming($0.names) })
    defer { tell(outcome, unit) }
    try NodeLedger.ofHook(settings).append([.restartOutcome(outcome)], at: .now)
    Failpoint.reach(.restartRecorded)
  }

  /// Whether the unit runs as another process than before, once no job of its own is under way; nil if one still is at
  /// the deadline, or the manager does not say: a later run finishes then.
  private func waitForJob(_ unit: TransactionRecord.RestartedUnit) -> Bool? {
    guard let manager = try? ServiceManager(by: deadline) else { return nil }
    while let now = try? manager.unit(unit.name, by: deadline), ContinuousClock.now < deadline {
      let isAtWork = now.job != nil || ["activating", "deactivating"].contains(now.activeState)
      if !isAtWork { return now.invocation.map { $0 != unit.invocation } ?? false }
      usleep(100_000)
    }
    return nil
  }

  private func tell(_ outcome: RestartOutcome, _ unit: String) {
    var report = RestartReport(unit: unit, sources: [])
    report.take(outcome)
    let event = outcome.settled.isEmpty ? JournalEvent.restartFailed : .restartSettled
    let done = GateNews(event, RestartText(report: report).summary, [.unit: unit, .result: report.outcome.rawValue])
    let network = outcome.network.map { GateNews.network($0, in: outcome.transaction) } ?? []
    NewsDesk(settings.gate).tell([done] + network)
  }
}
