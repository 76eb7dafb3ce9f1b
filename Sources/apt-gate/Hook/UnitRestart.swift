import GateEngine
import GateModel
import Glibc
import Ledger
import LedgerLog
import NetworkState
import NetworkSystem
import Policy
import SystemdSystem

/// Settles the restart of a unit that a shield has kept out: under the guard, if the policies let it.
struct UnitRestart {
  let settings: HookSettings
  let unit: String
  let policies: HookPolicies

  /// How long systemd may take to restart the unit. Source: systemd-system.conf(5), DefaultTimeoutStartSec=, 90 s, and
  /// as much again to stop it.
  private static let jobLimit = Duration.seconds(180)
  private static let snapshotLimit = Duration.seconds(60)

  /// Does it. Throws if nothing is owed, or before anything was done to the unit.
  func run() throws -> RestartReport {
    let ledger = try NodeLedger.ofHook(settings)
    let owed = try ledger.owedRestarts().filter { $0.record.unit == unit }
    guard !owed.isEmpty else { throw Self.notOwed(unit, all: try ledger.owedRestarts().map(\.record.unit)) }
    var report = RestartReport(unit: unit, sources: Set(owed.flatMap(\.record.sources)).sorted())
    report.decisions = try decisions(on: report.sources, ledger)
    if settings.mode == .enforce, report.decisions.contains(where: \.verdict.isHeld) {
      report.outcome = .held
      return report
    }
    let id = TransactionID.make()
    let snapshot = try lookBefore(id)
    let digest = policies.digest
    try ledger.append(
      [.restartIntent(RestartIntent(transaction: id, units: [unit], policyDigest: digest, snapshot: snapshot))],
      at: .now)
    Failpoint.reach("restart")
    try restart(&report)
    try ledger.append([.restartOutcome(outcome(of: report, id))], at: .now)
    tell(report, id)
    return report
  }

  private func lookBefore(_ id: String) throws -> String {
    let reading = try SnapshotReader().read(by: .after(Self.snapshotLimit))
    return try SnapshotStore(folder: settings.snapshots).write(reading, .here(why: "before restart \(id) of \(unit)"))
      .id
  }

  private func restart(_ report: inout RestartReport) throws {
    var guardSettings = GuardSettings()
    guardSettings.expected = settings.churn
    let networkGuard = try NetworkGuard(guardSettings)
    try networkGuard.takeBaseline()
    let work = try UnitJob(unit: unit, limit: Self.jobLimit)
    try work.start()
    networkGuard.hurry()
    let found = GuardedNetwork(report: try networkGuard.watch(work))
    report.lost = found.lookAfter()
    report.restored = found.restore()
    report.problem = work.problem
    report.outcome = work.problem != nil ? .failed : report.lost > report.restored ? .incomplete : .done
  }

  /// What the policies say of a restart of the unit now, for each source that asks for it.
  private func decisions(on sources: [String], _ ledger: NodeLedger) throws -> [Decision] {
    let effect = Effect(
      kind: .restart, unit: unit, verb: "restart", certainty: .certain,
      evidence: Evidence(basis: .installed, file: unit, text: "owed"), package: sources.first ?? unit)
    return try sources.map { source in
      let entries = try ledger.entries(EntryFilter(kinds: [.transactionIntent], source: source, limit: 1))
      let version = entries.last.flatMap { Self.version(of: source, in: $0.body) }.map { PackageVersion($0) }
      let change = Change(source: source, from: version, to: version, action: .upgrade, binaries: [])
      return try policies.decider(on: [change], state: settings.state).decision(on: change, effects: [effect])
    }
  }

  private static func version(of source: String, in body: LedgerBody) -> String? {
    guard case .transactionIntent(let intent) = body else { return nil }
    return intent.changes.first { $0.source == source }?.to
  }

  private func outcome(of report: RestartReport, _ id: String) -> RestartOutcome {
    RestartOutcome(
      transaction: id, result: report.outcome == .done ? .completed : .failed,
      settled: report.outcome == .failed ? [] : [unit], message: report.problem,
      network: NetworkRecord(
        lost: report.lost, restored: report.restored, missing: max(0, report.lost - report.restored)))
  }

  private func tell(_ report: RestartReport, _ id: String) {
    let event = report.outcome == .failed ? JournalEvent.restartFailed : .restartSettled
    let done = GateNews(
      event, RestartText(report: report).summary, [.unit: unit, .result: report.outcome.rawValue])
    let counts = NetworkRecord(
      lost: report.lost, restored: report.restored, missing: max(0, report.lost - report.restored))
    NewsDesk(settings.gate).tell([done] + GateNews.network(counts, in: id))
  }

  private static func notOwed(_ unit: String, all: [String]) -> CommandFailure {
    let others = Set(all).sorted().joined(separator: ", ")
    return CommandFailure(
      message: "no restart of `\(unit)` is owed",
      hint: others.isEmpty
        ? "restart any unit with `apt-gate network guard -- systemctl restart \(unit)`" : "owed are: \(others)")
  }
}

/// A restart of a unit by systemd, as work for the guard. The job's wait is on a thread of its own.
final class UnitJob: GuardedWork, @unchecked Sendable {
  private let unit: String
  private let limit: Duration
  private let ends: (read: Int32, write: Int32)
  /// Why the restart failed; nil if it did not. Written before the pipe's end is closed, read after that was seen.
  private(set) var problem: String?

  init(unit: String, limit: Duration) throws {
    self.unit = unit
    self.limit = limit
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw CommandFailure(message: "a pipe cannot be made: \(SystemError.text(errno))") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    self.ends = (ends[0], ends[1])
    // The connection that this runs over may be what the restart takes away.
    signal(SIGHUP, SIG_IGN)
  }

  deinit { close(ends.read) }

  var descriptors: [Int32] { [ends.read] }

  func hasEnded() -> Bool {
    var poll = pollfd(fd: ends.read, events: Int16(POLLIN), revents: 0)
    return Glibc.poll(&poll, 1, 0) > 0
  }

  func start() throws {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let result = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<UnitJob>.fromOpaque(context).takeRetainedValue().perform()
        return nil
      }, context.toOpaque())
    guard result == 0 else {
      context.release()
      throw CommandFailure(message: "a thread cannot be started: \(SystemError.text(result))")
    }
    pthread_detach(thread)
  }

  private func perform() {
    do {
      try ServiceManager(by: .now + limit).perform(.restart, on: unit, by: .now + limit)
    } catch {
      problem = "\(error)"
    }
    close(ends.write)
  }
}
