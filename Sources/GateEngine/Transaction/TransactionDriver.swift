import GateModel

/// What the hook does before dpkg. Each step throws what it could not do, in one line.
public protocol TransactionPreparing {
  /// Makes the verdicts durable.
  func recordIntent(_ changes: [CheckedChange]) throws
  func lookBefore() throws
  func startGuard() throws
  func raiseShield(_ units: [String]) throws
  /// Undoes what the steps before have done.
  func withdraw() throws
  func recordVeto(_ refusal: TransactionRefusal) throws
}

/// What whoever finishes a transaction does after dpkg.
public protocol TransactionFinishing {
  /// How many objects of the network are missing.
  func lookAfter() throws -> Int
  /// How many of them are there again.
  func restore() throws -> Int
  /// The names of the probes that failed.
  func probe() throws -> [String]
  func lowerShield(_ units: [String]) throws
  func recordOutcome(_ result: TransactionResult) throws
}

/// Does what a ``TransactionStateMachine`` wants, one step after the other.
public struct TransactionDriver {
  /// Gives the machine an event. The machine may be shared with a watchdog, so it is never held while a step runs.
  public typealias Transition = ((inout TransactionStateMachine) -> TransactionAction) -> TransactionAction

  private let transition: Transition
  /// Told of each step before it is done, and after.
  public typealias Observer = (TransactionStep, StepMoment) -> Void
  private let observe: Observer

  public init(observing: @escaping Observer = { _, _ in }, transition: @escaping Transition) {
    observe = observing
    self.transition = transition
  }

  /// Goes on from `first` until dpkg is let go or refused: ends with `allow` or `veto`.
  public func prepare(_ first: TransactionAction, _ steps: some TransactionPreparing) -> TransactionAction {
    var action = first
    while true {
      switch action {
      case .recordIntent:
        let outcome = step(.recordIntent) { try steps.recordIntent(changes) }
        action = transition { $0.intentRecorded(outcome) }
      case .lookBefore:
        let outcome = step(.lookBefore, steps.lookBefore)
        action = transition { $0.sawBefore(outcome) }
      case .startGuard:
        let outcome = step(.startGuard, steps.startGuard)
        action = transition { $0.guarded(outcome) }
      case .raiseShield(let units):
        let outcome = step(.raiseShield) { try steps.raiseShield(units) }
        action = transition { $0.shielded(outcome) }
      case .withdraw:
        let outcome = step(.withdraw, steps.withdraw)
        action = transition { $0.withdrawn(outcome) }
      case .recordVeto(let refusal):
        let outcome = step(.recordVeto) { try steps.recordVeto(refusal) }
        action = transition { $0.vetoRecorded(outcome) }
      case .allow, .veto, .finish, .lookAfter, .restore, .probe, .lowerShield, .recordOutcome: return action
      }
    }
  }

  /// Goes on from `first` until nothing is left to do.
  public func finish(_ first: TransactionAction, _ steps: some TransactionFinishing) {
    var action = first
    while true {
      switch action {
      case .lookAfter:
        var lost = 0
        let outcome = step(.lookAfter) { lost = try steps.lookAfter() }
        action = transition { $0.sawAfter(outcome, lost: lost) }
      case .restore:
        var count = 0
        let outcome = step(.restore) { count = try steps.restore() }
        action = transition { $0.restored(outcome, count: count) }
      case .probe:
        var failed: [String] = []
        let outcome = step(.probe) { failed = try steps.probe() }
        action = transition { $0.probed(outcome, failed: failed) }
      case .lowerShield(let units):
        let outcome = step(.lowerShield) { try steps.lowerShield(units) }
        action = transition { $0.unshielded(outcome) }
      case .recordOutcome(let result):
        let outcome = step(.recordOutcome) { try steps.recordOutcome(result) }
        action = transition { $0.outcomeRecorded(outcome) }
      case .finish, .allow, .veto, .recordIntent, .lookBefore, .startGuard, .raiseShield, .withdraw, .recordVeto: return
      }
    }
  }

  private var changes: [CheckedChange] {
    var changes: [CheckedChange] = []
    _ = transition { machine in
      changes = machine.changes
      return .finish
    }
    return changes
  }

  private func step(_ step: TransactionStep, _ body: () throws -> Void) -> StepOutcome {
    observe(step, .before)
    defer { observe(step, .after) }
    do {
      try body()
      return .done
    } catch {
      return .failed("\(error)")
    }
  }
}

/// When an observer is told of a step.
public enum StepMoment: Sendable, Hashable, CaseIterable {
  case before
  case after
}
