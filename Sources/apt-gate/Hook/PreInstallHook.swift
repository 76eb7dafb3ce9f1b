import AptSystem
import GateEngine
import GateModel
import Glibc
import LedgerLog
import NetworkSystem
import PackageAnalysis
import Policy
import Synchronization
import SystemdSystem

/// `apt-gate hook pre-install`: apt is about to run dpkg, and waits.
final class PreInstallHook: Sendable {
  private let settings: HookSettings
  private let machine: Mutex<TransactionStateMachine>
  /// The record of the transaction, for the watchdog's last words to the guard.
  private let guardian = Mutex<ProcessIdentity?>(nil)

  private let policies: HookPolicies

  init(_ settings: HookSettings, _ options: SettingsOptions) {
    self.settings = settings
    policies = HookPolicies(settings.gate, options)
    machine = Mutex(TransactionStateMachine(mode: settings.mode))
  }

  /// Decides on what apt tells, and gives what the process exits with: 0 lets dpkg run.
  func run() -> ExitStatus {
    let deadline = HookDeadline.start(settings.limit) { self.expired() }
    do {
      Failpoint.reach("read")
      let reader = HookStreamReader(infoDescriptor: Environment.value(of: "APT_HOOK_INFO_FD"))
      let bytes = try reader.read(by: deadline.instant)
      let record = try newRecord(PolicyFingerprint.text(of: bytes))
      if isKnown(record) { return .done }
      return try run(HookStreamParser.transaction(in: bytes), record, deadline)
    } catch {
      // Nothing is known of what apt wants, so nothing may pass.
      let failure = CommandFailure(describing: error)
      try? StandardStream.error.write(failure.text)
      return settings.mode == .enforce ? failure.status : .done
    }
  }

  /// Whether the same process told the same a moment ago, and it was let go: unattended-upgrades reads apt's
  /// configuration twice, so that each of apt's hooks stands in it twice and is run twice before dpkg.
  private func isKnown(_ record: TransactionRecord) -> Bool {
    let table = ProcessTable()
    return settings.transactions.records().contains { other in
      other.process == record.process && other.stream == record.stream && other.phase == .applying
        && other.guardian.map(table.isRunning) ?? true
    }
  }

  private func run(
    _ transaction: HookTransaction, _ record: TransactionRecord, _ deadline: HookDeadline
  ) throws -> ExitStatus {
    if transaction.isDryRun { machine.withLock { $0 = TransactionStateMachine(mode: .dryRun) } }
    if transaction.actions.isEmpty, transaction.problems.isEmpty { return .done }
    let (changes, analyser) = try contents(of: transaction)
    let assessment = HookAssessment(
      transaction: transaction, decider: settings.granting(policies.decider(on: changes, state: settings.state)))
    machine.withLock { $0.foresaw(assessment.foreseen(changes)) }
    sweep(transaction, deadline)
    Failpoint.reach("decide")
    let checked = assessment.checked(changes, by: analyser)
    let steps = PreInstallSteps(
      settings: settings, record: record, policyDigest: policies.digest, deadline: deadline.instant,
      guardStarted: { identity in self.guardian.withLock { $0 = identity } })
    let first = machine.withLock {
      $0.decided(checked, problems: transaction.problems, limit: Self.timeLimit(by: deadline.instant))
    }
    let driver = TransactionDriver(reaching: Failpoint.reach) { event in self.machine.withLock { event(&$0) } }
    return finish(driver.prepare(first, steps), steps)
  }

  /// What was left by a run that died must not stand in the way of this one, nor take all of its time.
  private static let sweepLimit = Duration.seconds(1)

  private func sweep(_ transaction: HookTransaction, _ deadline: HookDeadline) {
    guard !transaction.isDryRun else { return }
    let limit = min(deadline.instant, .now + Self.sweepLimit)
    let words = TransactionFinisher(settings: settings, deadline: limit).sweep()
    try? StandardStream.error.write(words)
  }

  private func finish(_ action: TransactionAction, _ steps: PreInstallSteps) -> ExitStatus {
    switch action {
    case .veto(let refusal):
      return tell(refusal)
    default:
      Failpoint.reach("allow")
      if machine.withLock({ $0.mode }) != .dryRun { steps.letGo() }
      return .done
    }
  }

  /// What nobody could do in time: the process ends with this.
  private func expired() -> Int32 {
    let action = machine.withLock { $0.ranLate(settings.limit) }
    guard case .veto(let refusal) = action else {
      try? StandardStream.error.write("apt-gate: out of time; nothing of this is gated, so it goes ahead\n")
      return ExitStatus.done.rawValue
    }
    if let guardian = guardian.withLock({ $0 }) { kill(guardian.pid, SIGTERM) }
    return tell(refusal).rawValue
  }

  private func tell(_ refusal: TransactionRefusal) -> ExitStatus {
    try? StandardStream.error.write(RefusalText(refusal: refusal).text)
    if case .held = refusal.reason {
      return ExitStatus(strictest: refusal.changes.map(\.verdict).max() ?? .hold)
    }
    return .undetermined
  }

  private func contents(of transaction: HookTransaction) throws -> ([Change], ChangeAnalyser) {
    let collector = try AptCollector(options: transaction.configuration.places)
    let node = AptPackageContents(collector: collector) { try DebFile.contents(of: $0) }
    let contents = HookPackageContents(transaction: transaction, node: node) { try DebFile.contents(of: $0) }
    let gate = Gate(collector: collector)
    var changes = contents.changes()
    if policies.set.asksForOrigins, let pending = try? collector.pending() {
      changes = changes.map { $0.sourced(from: pending.changes) }
    }
    let libraries = (try? gate.libraryRestarts()) ?? nil
    return (changes, ChangeAnalyser(source: contents, files: try gate.nodeFiles(), libraries: libraries))
  }

  private func newRecord(_ stream: String) throws -> TransactionRecord {
    let table = ProcessTable()
    guard let process = table.caller(parent: getppid()) ?? table.identity(of: getppid()) else {
      throw CommandFailure(message: "the process that called the hook cannot be found", hint: "let apt call the hook")
    }
    let boot = try BootID.current()
    return TransactionRecord(
      id: TransactionID.make(), began: .now, stream: stream, run: TransactionID.run(table.run(of: process), boot: boot),
      boot: boot, process: process)
  }

  /// dpkg with its maintainer scripts takes at least so long that what would kill it sooner is not waited for.
  private static let leastTime = Duration.seconds(120)

  /// Why systemd would end dpkg in the middle; nil if it would not, or cannot be asked: that is no reason to hold.
  private static func timeLimit(by deadline: ContinuousClock.Instant) -> String? {
    let until = min(deadline, .now + .seconds(1))
    guard ServiceManager.isBooted, let manager = try? ServiceManager(by: until),
      let limits = try? manager.ownTimeLimits(by: until)
    else { return nil }
    return limits.first { limit in limit.left.map { $0 < leastTime } ?? true }?.message
  }
}
