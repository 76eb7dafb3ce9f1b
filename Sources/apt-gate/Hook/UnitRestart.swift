import AptSystem
import GateEngine
import GateModel
import Glibc
import Ledger
import LedgerLog
import NetworkSystem
import Policy
import SystemdSystem

/// Settles the restart of a unit that a shield has kept out: under the guard, if the policies let it.
///
/// The guard is a process of its own: it finishes the restart and records its outcome also when this one is killed. If
/// that one is killed this one finishes; if both are, the next run of apt-gate does.
struct UnitRestart {
  let settings: HookSettings
  let unit: String
  let policies: PoliciesInForce

  private static let snapshotLimit = Duration.seconds(60)
  /// The guard reads the network once before it is ready.
  private static let readyLimit = Duration.seconds(30)
  /// For what is left to do if the guard was killed.
  private static let finishLimit = Duration.seconds(60)

  /// Does it. Throws if nothing is owed, or before anything was done to the unit.
  func run() throws -> RestartReport {
    try StandardStream.error.write(TransactionFinisher(settings: settings, deadline: .now + Self.finishLimit).sweep())
    guard !settings.transactions.records().contains(where: { $0.restart?.name == unit }) else {
      throw CommandFailure(message: "`\(unit)` is being restarted by another `apt-gate restart`", hint: "wait for it")
    }
    let ledger = try NodeLedger.ofHook(settings)
    let owed = try ledger.owedRestarts().filter { $0.record.unit == unit }
    guard !owed.isEmpty else { throw Self.notOwed(unit, all: try ledger.owedRestarts().map(\.record.unit)) }
    var report = RestartReport(unit: unit, sources: Set(owed.flatMap(\.record.sources)).sorted())
    report.decisions = try decisions(on: report.sources, ledger)
    if settings.mode == .enforce, report.decisions.contains(where: \.verdict.isHeld) {
      report.outcome = .held
      return report
    }
    let record = try prepared(ledger)
    try restart(record)
    report.take(try outcome(of: record, ledger))
    return report
  }

  /// Looks, and records what is about to be done.
  private func prepared(_ ledger: NodeLedger) throws -> TransactionRecord {
    guard let process = ProcessTable().identity(of: getpid()) else {
      throw CommandFailure(message: "this process cannot be found in /proc", hint: "mount it")
    }
    let manager = try ServiceManager(by: .now + Self.readyLimit)
    let invocation = try manager.unit(unit, by: .now + Self.readyLimit).invocation ?? ""
    let id = TransactionID.make()
    var record = TransactionRecord(
      id: id, began: .now, stream: "", run: id, boot: try BootID.current(), process: process,
      restart: .init(name: unit, invocation: invocation))
    let reading = try SnapshotReader().read(by: .after(Self.snapshotLimit))
    let why = "before restart \(id) of \(unit)"
    record.snapshot = try SnapshotStore(folder: settings.snapshots).write(reading, .here(why: why)).id
    let intent = RestartIntent(
      transaction: id, units: [unit], policyDigest: policies.digest, snapshot: record.snapshot)
    try settings.transactions.write(record)
    do {
      try ledger.append([.restartIntent(intent)], at: .now)
    } catch {
      settings.transactions.remove(id)
      throw error
    }
    Failpoint.reach(.restartIntent)
    return record
  }

  /// Has the guard do it, and waits for its end.
  private func restart(_ record: TransactionRecord) throws {
    let guardian: GuardProcess
    do {
      guardian = try GuardProcess(["hook", "restart-guard", record.id] + settings.words)
      try guardian.ready(by: .now + Self.readyLimit)
    } catch {
      try finish(record.id, problem: "\(error)")
      return
    }
    Failpoint.reach(.restartGuard)
    while waitpid(guardian.identity.pid, nil, 0) < 0, errno == EINTR {}
    try finish(record.id)
  }

  /// Does what the guard has left undone, if it was killed.
  private func finish(_ id: String, problem: String? = nil) throws {
    guard let claim = try settings.transactions.claim(id, until: .now + .seconds(1)) else { return }
    withExtendedLifetime(claim) {
      guard let record = settings.transactions.record(id) else { return settings.transactions.remove(id) }
      RestartFinisher(settings: settings, deadline: .now + Self.finishLimit).finish(record, problem: problem)
    }
  }

  /// What was recorded. Throws if nothing was.
  private func outcome(of record: TransactionRecord, _ ledger: NodeLedger) throws -> RestartOutcome {
    let last = try ledger.entries(EntryFilter(kinds: [.restartOutcome], limit: 5)).reversed()
    for entry in last {
      if case .restartOutcome(let outcome) = entry.body, outcome.transaction == record.id { return outcome }
    }
    throw CommandFailure(
      message: "what came of the restart of `\(unit)` could not be recorded",
      hint: "`systemctl status \(unit)` and `apt-gate network diff \(record.snapshot ?? "")` show it")
  }

  /// What the policies say of a restart of the unit now, for each source that asks for it.
  private func decisions(on sources: [String], _ ledger: NodeLedger) throws -> [Decision] {
    let effect = Effect(
      kind: .restart, unit: unit, verb: "restart", certainty: .certain,
      evidence: Evidence(basis: .installed, file: unit, text: "owed"), package: sources.first ?? unit)
    let decider = try Gate(collector: AptCollector()).decider(policies, state: settings.state)
    return try sources.map { source in
      let entries = try ledger.entries(EntryFilter(kinds: [.transactionIntent], source: source, limit: 1))
      let version = entries.last.flatMap { Self.version(of: source, in: $0.body) }.map { PackageVersion($0) }
      let change = Change(source: source, from: version, to: version, action: .upgrade, binaries: [])
      return decider.decision(on: change, effects: [effect])
    }
  }

  private static func version(of source: String, in body: LedgerBody) -> String? {
    guard case .transactionIntent(let intent) = body else { return nil }
    return intent.changes.first { $0.source == source }?.to
  }

  private static func notOwed(_ unit: String, all: [String]) -> CommandFailure {
    let others = Set(all).sorted().joined(separator: ", ")
    return CommandFailure(
      message: "no restart of `\(unit)` is owed",
      hint: others.isEmpty
        ? "restart any unit with `apt-gate network guard -- systemctl restart \(unit)`" : "owed are: \(others)")
  }
}

extension RestartReport {
  /// What was recorded of the restart.
  mutating func take(_ recorded: RestartOutcome) {
    lost = recorded.network?.lost ?? 0
    restored = recorded.network?.restored ?? 0
    problem = recorded.message
    outcome = recorded.settled.isEmpty ? .failed : lost > restored ? .incomplete : .done
  }
}
