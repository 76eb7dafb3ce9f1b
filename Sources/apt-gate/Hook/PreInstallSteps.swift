import AptSystem
import GateEngine
import GateModel
import Glibc
import Ledger
import LedgerLog
import NetworkSystem
import SystemdSystem

/// Does what the transaction wants before dpkg.
final class PreInstallSteps: TransactionPreparing {
  private let settings: HookSettings
  private var record: TransactionRecord
  private let policyDigest: String
  private let deadline: ContinuousClock.Instant
  private let guardStarted: (ProcessIdentity) -> Void
  private var guardian: GuardProcess?
  /// What all of the transaction would do: what stops one unit may stop another.
  private var effects: [Effect] = []

  init(
    settings: HookSettings, record: TransactionRecord, policyDigest: String, deadline: ContinuousClock.Instant,
    guardStarted: @escaping (ProcessIdentity) -> Void
  ) {
    self.settings = settings
    self.record = record
    self.policyDigest = policyDigest
    self.deadline = deadline
    self.guardStarted = guardStarted
  }

  func recordIntent(_ changes: [CheckedChange]) throws {
    effects = changes.flatMap(\.effects)
    if settings.mode == .enforce { record.shielded = TransactionRecord.shielded(changes) }
    try settings.transactions.write(record)
    try Failpoint.reachOrThrow(.ledger)
    let digest = policyDigest
    let decisions = changes.filter(\.isGated).map { LedgerBody.decision(DecisionRecord($0, policyDigest: digest)) }
    let intent = TransactionIntent(
      transaction: record.id, part: 1, parts: 1, command: record.run, policyDigest: digest,
      changes: changes.map { ChangeRecord($0) }, shieldedUnits: record.shielded.flatMap(\.units))
    try NodeLedger.ofHook(settings).append(decisions + intent.split.map(LedgerBody.transactionIntent), at: .now)
  }

  func lookBefore() throws {
    try Failpoint.reachOrThrow(.snapshot)
    // It gets ready meanwhile. If it cannot be started now, the next step says why.
    guardian = try? launchGuard()
    do {
      try takeSnapshot()
    } catch {
      endGuard()
      throw error
    }
  }

  private func launchGuard() throws -> GuardProcess {
    let guardian = try GuardProcess(["hook", "guard", record.id] + settings.words)
    record.guardian = guardian.identity
    guardStarted(guardian.identity)
    return guardian
  }

  private func endGuard() {
    guardian?.end()
    (guardian, record.guardian) = (nil, nil)
  }

  private func takeSnapshot() throws {
    let reading = try SnapshotReader().read(by: NetworkSystem.Deadline(deadline))
    let store = SnapshotStore(folder: settings.snapshots)
    record.snapshot = try store.write(reading, .here(why: "before transaction \(record.id)")).id
    try settings.transactions.write(record)
  }

  func startGuard() throws {
    do {
      try Failpoint.reachOrThrow(.guard)
      let guardian = try self.guardian ?? launchGuard()
      try guardian.ready(by: deadline)
    } catch {
      endGuard()
      throw error
    }
    try settings.transactions.write(record)
  }

  func raiseShield(_ units: [String]) throws {
    try Failpoint.reachOrThrow(.shield)
    let manager = try ServiceManager(by: deadline)
    let owner = ShieldOwner(transaction: record.id, boot: record.boot)
    switch ShieldPlanning.plan(
      for: units, effects: effects, owner: owner, unit: { try? manager.unit($0, by: self.deadline) })
    {
    case .impossible(let units):
      NewsDesk(settings.gate).note(units.map { GateNews(.shieldFailed, $0.message, [.unit: $0.unit]) })
      throw CommandFailure(message: units.map(\.message).joined(separator: "; "))
    case .possible(let plan):
      record.units = plan.units
      try settings.transactions.write(record)
      try UnitShield(manager: manager).raise(plan, by: deadline)
      NewsDesk(settings.gate).note(plan.units.map { GateNews.shield(.shieldRaised, of: $0, in: record.id) })
    }
    try Failpoint.reachOrThrow(.shielded)
  }

  /// dpkg may run from here on.
  func letGo() {
    record.phase = .applying
    try? settings.transactions.write(record)
  }

  func withdraw() throws {
    record.phase = .withdrawn
    try settings.transactions.write(record)
    if let guardian = record.guardian { kill(guardian.pid, SIGTERM) }
    if !record.units.isEmpty, let problem = ShieldLowering(record, by: deadline).outcome().problem { throw problem }
    settings.transactions.remove(record.id)
  }

  func recordVeto(_ refusal: TransactionRefusal) throws {
    let text = RefusalText(refusal: refusal)
    let rules = Set(refusal.changes.flatMap(\.decision.decidedBy)).sorted()
    defer { NewsDesk(settings.gate).tell([GateNews(.transactionVetoed, text.summary, refusal.journalFields)]) }
    settings.transactions.remove(record.id)
    let veto = VetoRecord(
      transaction: record.id, changes: refusal.changes.map { ChangeRecord($0.change) }, rules: rules,
      message: text.summary)
    let ledger = try NodeLedger.ofHook(settings)
    let decisions = try refusal.changes.filter(\.isGated).compactMap { checked in
      let change = checked.change
      let last = try ledger.lastDecision(source: change.source, version: change.to?.text)?.record
      let record = DecisionRecord(checked, policyDigest: policyDigest).keepingFacts(of: last)
      return last == record ? nil : record
    }
    try ledger.append(decisions.map { .decision($0) } + [.veto(veto)], at: .now)
  }
}

extension TransactionRefusal {
  fileprivate var journalFields: [JournalField: String] {
    guard let first = changes.first else { return [:] }
    return [
      .source: first.change.source, .version: first.change.to?.text ?? "",
      .rule: first.decision.decidedBy.joined(separator: " "),
    ]
  }
}

extension TransactionRecord.ShieldedChange {
  /// The restarts that the change would make.
  var effects: [Effect] {
    units.map { unit in
      Effect(
        kind: .restart, unit: unit, certainty: .certain, evidence: Evidence(basis: .candidate, file: source),
        package: source)
    }
  }
}
