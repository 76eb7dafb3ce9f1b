import AptSystem
import GateEngine
import GateModel
import Glibc
import Ledger
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
  private let times = StepTimes("pre-install")

  private let choice: SettingsChoice

  init(_ choice: SettingsChoice) {
    self.choice = choice
    settings = HookSettings(choice)
    machine = Mutex(TransactionStateMachine(mode: settings.mode))
  }

  /// Decides on what apt tells, and gives what the process exits with: 0 lets dpkg run.
  func run() -> ExitStatus {
    let deadline = HookDeadline.start(settings.limit) { self.expired() }
    defer { times.write() }
    do {
      Failpoint.reach(.read)
      let reader = HookStreamReader(infoDescriptor: Environment.value(of: "APT_HOOK_INFO_FD"))
      let bytes = try reader.read(by: deadline.instant)
      times.ended("read")
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

  private static let twiceWithin = Duration.seconds(60)

  /// Whether the same process told the same a moment ago, and it was let go: unattended-upgrades reads apt's
  /// configuration twice, so that each of apt's hooks stands in it twice and is run twice before dpkg.
  private func isKnown(_ record: TransactionRecord) -> Bool {
    let table = ProcessTable()
    return settings.transactions.records().contains { other in
      other.process == record.process && other.stream == record.stream && other.phase == .applying
        && record.began.duration(since: other.began) < Self.twiceWithin && other.guardian.map(table.isRunning) ?? true
    }
  }

  private func run(
    _ transaction: HookTransaction, _ record: TransactionRecord, _ deadline: HookDeadline
  ) throws -> ExitStatus {
    if transaction.isDryRun { machine.withLock { $0 = TransactionStateMachine(mode: .dryRun) } }
    if transaction.actions.isEmpty, transaction.problems.isEmpty { return .done }
    // Meanwhile; that counts too, and may wait for a disk.
    let reading = Handover { [settings, choice] in PoliciesInForce(settings.gate, choice) }
    let gate = Gate(collector: try AptCollector(options: transaction.configuration.places))
    gate.network.limit = min(gate.network.limit, settings.limit / 3)
    let (found, contents) = read(transaction, gate)
    times.ended("packages")
    // The watchdog is there before this gives up.
    let policies = reading.take(by: deadline.instant + .seconds(1)) ?? PoliciesInForce(.unreadable, isReadable: false)
    times.ended("policies")
    let changes = Self.sourced(found, gate, policies.set)
    // Opened once, for what it remembers and for what is recorded in it: if that cannot be, the latter says why.
    if !transaction.isDryRun { _ = try? NodeLedger.ofHook(settings) }
    let decider = try gate.decider(policies, state: settings.state)
    var foreseen = changes.map { Self.foreseen($0, policies.set, decider) }
    machine.withLock { $0.foresaw(foreseen) }
    times.ended("memory")
    sweep(transaction, record, deadline)
    times.ended("sweep")
    let libraries = (try? gate.libraryRestarts()) ?? nil
    let analyser = ChangeAnalyser(source: contents, files: try gate.nodeFiles(), libraries: libraries)
    let reader = ForesightAnalyser(analyser: analyser, libraries: libraries)
    let foresight = ChangeAssessor(analyser: reader, decider: decider.withoutNetwork)
    for index in changes.indices where !contents.isUnread(changes[index]) && reader.suffices {
      foreseen[index] = foresight.assess(changes[index])
      machine.withLock { $0.foresaw(foreseen) }
    }
    times.ended("foresee")
    Failpoint.reach(.decide)
    let assessor = ChangeAssessor(analyser: reader, decider: settings.granting(decider))
    for index in changes.indices {
      let isUnread = contents.isUnread(changes[index])
      foreseen[index] = assessor.assess(changes[index]).unless(isUnread: isUnread, policies.set)
      machine.withLock { $0.foresaw(foreseen) }
    }
    let checked = foreseen
    times.ended("decide")
    var record = record
    record.dpkg = try? gate.collector.nodePaths().dpkg
    record.pins = try? PinStore(collector: gate.collector).path
    let steps = PreInstallSteps(
      settings: settings, record: record, policyDigest: policies.digest, deadline: deadline.instant,
      guardStarted: { identity in self.guardian.withLock { $0 = identity } })
    // Asked before the machine is held: the watchdog needs it.
    let limit = checked.contains(where: \.isGated) ? Self.timeLimit(by: deadline.instant) : nil
    let first = machine.withLock { $0.decided(checked, problems: transaction.problems, limit: limit) }
    times.ended("time-limit")
    let driver = TransactionDriver(observing: observe) { event in self.machine.withLock { event(&$0) } }
    return finish(driver.prepare(first, steps), steps)
  }

  /// What holds if time runs out before the change's .debs were looked into. What a policy gates by effects may be gated then: a
  /// restart that nobody saw is as bad as one that nobody kept out.
  private static func foreseen(_ change: Change, _ policies: PolicySet, _ decider: some ChangeDecider) -> CheckedChange
  {
    var foreseen = decider.foresee(change)
    let gatedBy = Set(foreseen.decision.gatedBy + policies.mayGateByEffects(change))
    foreseen.assessed.decision.gatedBy = gatedBy.sorted()
    return foreseen
  }

  private func observe(_ step: TransactionStep, _ moment: StepMoment) {
    Failpoint.reach(step, moment)
    times.observe(step, moment)
  }

  /// What was left by a run that died must not stand in the way of this one, nor take all of its time.
  private static let sweepLimit = Duration.seconds(1)

  private func sweep(_ transaction: HookTransaction, _ record: TransactionRecord, _ deadline: HookDeadline) {
    guard !transaction.isDryRun else { return }
    let finisher = TransactionFinisher(settings: settings, deadline: min(deadline.instant, .now + Self.sweepLimit))
    // apt does one thing after the other: what this very process began before is over, and nobody was told.
    let over = settings.transactions.records().filter { $0.process == record.process }.map { finisher.close($0) }
    try? StandardStream.error.write(over.joined() + finisher.sweep())
  }

  private func finish(_ action: TransactionAction, _ steps: PreInstallSteps) -> ExitStatus {
    switch action {
    case .veto(let refusal):
      return tell(refusal)
    default:
      Failpoint.reach(.allow)
      if machine.withLock({ $0.mode }) != .dryRun { steps.letGo() }
      Failpoint.reach(.allowed)
      return .done
    }
  }

  /// What nobody could do in time: the process ends with this.
  private func expired() -> Int32 {
    let action = machine.withLock { $0.ranLate(settings.limit) }
    defer { NewsDesk(settings.gate).note([.deadlineMissed(by: "pre-install", after: settings.limit)]) }
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

  private func read(_ transaction: HookTransaction, _ gate: Gate) -> ([Change], HookPackageContents) {
    let now = ContinuousClock.now
    // A kernel's data.tar takes longer to decompress than the hook has: then what control.tar says must do.
    let limit = now + settings.limit * 2 / 5
    let extracts = ExtractStore(state: settings.state, isWritable: false)
    let contents = HookPackageContents(
      transaction: transaction, node: gate.contents(looksInStatus: true), by: now + settings.limit / 2
    ) { path in
      try DebFile.contents(of: path, until: limit, extracts: extracts)
    }
    return (contents.changes(), contents)
  }

  /// The changes with where they come from, if a policy asks for that.
  private static func sourced(_ changes: [Change], _ gate: Gate, _ policies: PolicySet) -> [Change] {
    guard policies.asksForOrigins(of: changes), let pending = try? gate.collector.pending() else { return changes }
    return changes.map { $0.sourced(from: pending.changes) }
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

  /// Why systemd would end dpkg in the middle; nil if it would not, or cannot be asked: that is no reason to hold.
  private static func timeLimit(by deadline: ContinuousClock.Instant) -> String? {
    let until = min(deadline, .now + .seconds(1))
    guard ServiceManager.isBooted, let manager = try? ServiceManager(by: until),
      let limits = try? manager.ownTimeLimits(by: until)
    else { return nil }
    return limits.first { limit in limit.left.map { $0 < RecordedDecider.leastTime } ?? true }?.message
  }
}
