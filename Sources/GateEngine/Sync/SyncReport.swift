public import GateModel

/// What a sync did, or would do.
public struct SyncReport: Sendable, Hashable {
  public var mode: GateMode
  /// Whether it only shows what it would do.
  public var isDryRun: Bool
  public var plan: HoldPlan
  /// What is held now: the plan's holds, or none in observe mode.
  public var holds: [Hold]
  /// Pins that are new, that stayed, and that went; each sorted.
  public var added: [Pin]
  public var kept: [Pin]
  public var removed: [Pin]
  /// Staged changes that wait for a slot, with the coordinator's words.
  public var waiting: [String]
  /// What could not be done; gated changes are held all the same wherever that is possible.
  public var problems: [SyncProblem]

  public init(
    mode: GateMode, isDryRun: Bool, plan: HoldPlan, holds: [Hold], before: [Pin], waiting: [String] = [],
    problems: [SyncProblem] = []
  ) {
    self.mode = mode
    self.isDryRun = isDryRun
    self.plan = plan
    self.holds = holds
    let now = Set(holds.flatMap(\.pins))
    added = now.subtracting(before).sorted()
    kept = now.intersection(before).sorted()
    removed = Set(before).subtracting(now).sorted()
    self.waiting = waiting
    self.problems = problems
  }

  /// Every decision, strictest first.
  public var check: CheckReport {
    CheckReport(changes: plan.checked, keptBack: plan.keptBack, warnings: plan.warnings)
  }

  /// The strictest verdict given; `allow` if nothing is pending.
  public var strictest: Verdict { check.summary.strictest }
}

/// Something that a sync could not do.
public struct SyncProblem: Sendable, Hashable {
  public enum Step: String, Sendable, Hashable, CaseIterable {
    /// The ledger could not be read or written.
    case record
    /// The pins could not be read or put in place.
    case enact
  }

  public var step: Step
  /// One line for a person.
  public var message: String

  public init(step: Step, message: String) {
    self.step = step
    self.message = message
  }
}
