import AptSystem
import GateEngine
import GateModel
import Glibc
import NetworkSystem
import SystemdSystem

/// Finishes a transaction once: whoever has its claim.
struct TransactionFinisher {
  let settings: HookSettings
  let deadline: ContinuousClock.Instant
  var times: StepTimes?

  /// Finishes the transaction of `record`; gives what a person should read. The caller has the claim.
  func finish(
    _ record: TransactionRecord, _ end: TransactionResult.End, network: (any NetworkFinishing)? = nil,
    probes: ProbeRun? = nil, lowering: ShieldLowering? = nil
  ) -> String {
    if record.phase == .withdrawn {
      _ = ShieldLowering(record, by: deadline).outcome()
      settings.transactions.remove(record.id)
      return ""
    }
    if record.restart != nil {
      RestartFinisher(settings: settings, deadline: deadline).finish(record)
      return ""
    }
    let end = record.phase == .preparing ? .interrupted : end
    let network = network ?? self.network(of: record)
    let steps = FinishSteps(
      settings: settings, record: record, network: network, probes: probes, lowering: lowering, deadline: deadline)
    var machine = TransactionStateMachine(units: record.units, isWatched: record.isWatched)
    let driver = TransactionDriver(observing: observe) { $0(&machine) }
    driver.finish(machine.dpkgEnded(end), steps)
    settings.transactions.remove(record.id)
    return FinishText(result: machine.result, owed: steps.owed).text
  }

  private func observe(_ step: TransactionStep, _ moment: StepMoment) {
    Failpoint.reach(step, moment)
    times?.observe(step, moment)
  }

  /// Finishes a transaction whose dpkg has ended, while apt goes on: lets the guard do it, and does so itself if there is
  /// none, or it died.
  func close(_ record: TransactionRecord, _ table: ProcessTable = ProcessTable()) -> String {
    if let guardian = record.guardian, table.isRunning(guardian) { kill(guardian.pid, SIGTERM) }
    guard let claim = try? settings.transactions.claim(record.id, until: deadline) else { return "" }
    return withExtendedLifetime(claim) {
      defer { settings.transactions.remove(record.id) }
      guard let left = settings.transactions.record(record.id) else {
        return settings.transactions.takeWords(of: record.id)
      }
      return finish(left, .finished)
    }
  }

  private func network(of record: TransactionRecord) -> any NetworkFinishing {
    guard let snapshot = record.snapshot else { return UnwatchedNetwork() }
    let age = Timestamp.now.duration(since: record.began)
    return SnapshotNetwork(
      folder: settings.snapshots, id: snapshot, age: age, churn: settings.churn, deadline: deadline)
  }

  /// Finishes what processes that are gone have left, and lowers shields that belong to nothing.
  func sweep(except id: String? = nil) -> String {
    let table = ProcessTable()
    var live: Set<String> = id.map { [$0] } ?? []
    var text = ""
    for record in settings.transactions.records() where record.id != id {
      guard !table.isRunning(record.process), let claim = try? settings.transactions.claim(record.id) else {
        live.insert(record.id)
        continue
      }
      withExtendedLifetime(claim) { text += finish(record, .interrupted) }
    }
    settings.transactions.removeStrays()
    sweepShields(except: live)
    return text
  }

  /// Asks systemd only if there is a shield.
  private func sweepShields(except live: Set<String>) {
    UnitShield.removeDrafts()
    let folders = TextFile.names(in: ShieldDropIn.folder).filter { $0.hasSuffix(".d") }
    let isShielded = folders.contains { access("\(ShieldDropIn.folder)/\($0)/\(ShieldDropIn.fileName)", F_OK) == 0 }
    guard isShielded, let manager = try? ServiceManager(by: deadline) else { return }
    for dropIn in (try? UnitShield(manager: manager).sweep(except: live, by: deadline)) ?? [] {
      Journal().send(
        .shieldSwept, "apt-gate: lowered a shield of \(dropIn.unit) that was left",
        [.unit: dropIn.unit, .transaction: dropIn.owner.transaction])
    }
  }
}
