public import GateModel

/// Makes apt follow the decisions: collect, analyse, decide, record, enact.
///
/// The order is that of G1: what lets a version through is recorded before its pin goes. A ledger that cannot be
/// written holds every gated change and lets the others go (G5). Nothing is half done: the pins are either those
/// before or those of this run.
public struct SyncPipeline {
  /// Analyses and decides; gets when each version was first seen.
  public typealias Checker = ([Change], [Pin: Timestamp]) -> [CheckedChange]

  private let source: any HoldPlanSource
  private let store: any HoldStore
  private let ledger: any SyncLedger
  /// nil if staged changes are not to ask.
  private let slots: (any SlotClaiming)?
  private let check: Checker

  public init(
    source: any HoldPlanSource, store: any HoldStore, ledger: any SyncLedger, slots: (any SlotClaiming)? = nil,
    check: @escaping Checker
  ) {
    self.source = source
    self.store = store
    self.ledger = ledger
    self.slots = slots
    self.check = check
  }

  /// Throws what `source` throws: where nothing is known of what is pending, the pins stay as they are.
  public func run(mode: GateMode, isDryRun: Bool = false, now: Timestamp) throws -> SyncReport {
    var run = SyncRun(now: now, isDryRun: isDryRun)
    let before = holds(&run)
    var plan = try recordedPlan(previous: before, &run)
    plan.holds = plan.holds.map { $0.waiting(run.waiting, before: before) }
    let holds = mode == .enforce ? plan.holds : []
    if !isDryRun { run.attempt(.enact) { _ = try store.enact(holds) } }
    var report = SyncReport(
      mode: mode, isDryRun: isDryRun, plan: plan, holds: holds, before: before.flatMap(\.pins),
      waiting: run.waiting.map { "\($0.key): \($0.value)" }.sorted(), problems: run.problems)
    if !isDryRun, !run.isUnrecorded {
      run.attempt(.record) { try ledger.record(sync: report, now: now) }
      report.problems = run.problems
    }
    return report
  }

  private func holds(_ run: inout SyncRun) -> [Hold] {
    var holds: [Hold] = []
    run.attempt(.enact) { holds = try store.holds() }
    return holds
  }

  /// A plan whose decisions are recorded, or else one that lets nothing gated through.
  private func recordedPlan(previous: [Hold], _ run: inout SyncRun) throws -> HoldPlan {
    let plan = try plan(previous: previous, &run)
    if !run.isDryRun, !run.isUnrecorded {
      let now = run.now
      run.attempt(.record) { try ledger.record(decisions: plan.checked, now: now) }
    }
    return run.isUnrecorded ? try self.plan(previous: previous, &run) : plan
  }

  private func plan(previous: [Hold], _ run: inout SyncRun) throws -> HoldPlan {
    var planner = HoldPlanner(previous: previous, now: run.now)
    var action = planner.start()
    while true {
      switch action {
      case .plan(let holds, let kept):
        action = planner.planned(try source.pending(under: holds, keeping: kept))
      case .check(let changes):
        action = planner.checked(decide(changes, &run))
      case .finish(let plan):
        return plan
      }
    }
  }

  private func decide(_ changes: [Change], _ run: inout SyncRun) -> [CheckedChange] {
    var seen: [Pin: Timestamp] = [:]
    if !run.isUnrecorded {
      let now = run.now
      run.attempt(.record) { seen = try ledger.firstSeen(of: changes, now: now) }
    }
    return check(changes, seen).map { checked in
      run.isUnrecorded ? checked.withoutRecord : claim(checked, &run)
    }
  }

  private func claim(_ checked: CheckedChange, _ run: inout SyncRun) -> CheckedChange {
    guard let slots, checked.verdict == .stage, !run.isDryRun else { return checked }
    switch slots.claim(checked.change) {
    case .granted: return checked.admitted
    case .waiting(let words):
      run.waiting[checked.change.source] = words
      return checked
    case .notAsked: return checked
    }
  }
}

/// What is known in the course of one sync.
private struct SyncRun {
  let now: Timestamp
  let isDryRun: Bool
  var waiting: [String: String] = [:]
  var problems: [SyncProblem] = []

  /// Whether the ledger has failed: nothing gated may pass from there on.
  var isUnrecorded: Bool { problems.contains { $0.step == .record } }

  mutating func attempt(_ step: SyncProblem.Step, _ body: () throws -> Void) {
    do { try body() } catch { problems.append(SyncProblem(step: step, message: "\(error)")) }
  }

  init(now: Timestamp, isDryRun: Bool) {
    self.now = now
    self.isDryRun = isDryRun
  }
}

extension Hold {
  /// The hold with what the coordinator said: now, or when it was asked last about these versions.
  fileprivate func waiting(_ words: [String: String], before: [Hold]) -> Hold {
    guard verdict == .stage else { return self }
    var copy = self
    let previous = before.first { $0.source == source && !Set($0.versions).isDisjoint(with: versions) }
    copy.waitsFor = words[source] ?? previous?.waitsFor
    return copy
  }
}

extension CheckedChange {
  /// The change where the decision cannot be recorded: held if a policy gates it.
  var withoutRecord: CheckedChange {
    guard isGated, !verdict.isHeld else { return self }
    var copy = self
    copy.assessed.decision.verdict = .undetermined
    copy.assessed.decision.message = "the decision cannot be recorded, and a policy gates the update"
    copy.assessed.decision.clearsWhen = "the ledger can be written again"
    return copy
  }

  /// The change with a slot: shielded where a rule asks for it.
  var admitted: CheckedChange {
    var copy = self
    copy.assessed.decision.verdict = decision.shieldedUnits.isEmpty ? .allow : .shield
    copy.assessed.decision.message = "the coordinator gave this node a slot"
    copy.assessed.decision.clearsWhen = nil
    return copy
  }
}
