import GateModel

/// The way of one transaction of apt, from what apt is about to do to what came of it.
///
/// Its methods are the events, and each returns what to do next. A failure is folded by DESIGN's promises: nothing
/// gated goes ahead unless its verdict was recorded and its network is kept (G1, G3); what nothing gates goes ahead
/// whatever fails (G2, G5). An event that does not belong to the state changes nothing.
public struct TransactionStateMachine: Sendable {
  public private(set) var state: TransactionState
  public let mode: TransactionMode
  /// What apt is about to do, with the verdicts.
  public private(set) var changes: [CheckedChange]
  /// What is refused while dpkg runs.
  public private(set) var units: [String]
  public private(set) var result = TransactionResult()
  private var isWatched: Bool
  private var isForeseen = false
  private var refusal: TransactionRefusal?

  public init(mode: TransactionMode) {
    (state, changes, units, isWatched) = (.deciding, [], [], false)
    self.mode = mode
  }

  /// The transaction again, in another process, while dpkg runs or after it.
  ///
  /// - Parameter isWatched: whether the network was looked at before.
  public init(applying changes: [CheckedChange] = [], units: [String], isWatched: Bool) {
    (state, self.changes, self.units, self.isWatched) = (.applying, changes, units, isWatched)
    mode = .enforce
  }

  /// The changes that may not go ahead if something fails.
  public var gated: [CheckedChange] { mode == .enforce ? changes.filter(\.isGated) : [] }

  // MARK: before dpkg

  /// What can be said of the changes before they are analysed, in case that time runs out meanwhile.
  public mutating func foresaw(_ changes: [CheckedChange]) {
    guard state == .deciding else { return }
    (self.changes, isForeseen) = (changes, true)
  }

  /// The verdicts on everything that apt is about to do.
  ///
  /// - Parameters:
  ///   - problems: what of it was not understood.
  ///   - limit: why there is not enough time left for dpkg.
  public mutating func decided(
    _ changes: [CheckedChange], problems: [String] = [], limit: String? = nil
  ) -> TransactionAction {
    guard state == .deciding else { return .finish }
    self.changes = changes
    if mode == .dryRun { return go(.closed, .allow) }
    guard mode == .enforce else { return go(.recordingIntent, .recordIntent) }
    if let refusal = refusal(problems: problems, limit: limit) {
      self.refusal = refusal
      return go(.recordingVeto, .recordVeto(refusal))
    }
    units = Set(changes.filter { $0.verdict == .shield }.flatMap(\.decision.shieldedUnits)).sorted()
    isWatched = changes.contains(where: \.needsWatching)
    return go(.recordingIntent, .recordIntent)
  }

  private func refusal(problems: [String], limit: String?) -> TransactionRefusal? {
    let held = changes.filter(\.verdict.isHeld)
    if !held.isEmpty { return TransactionRefusal(.held, changes: held) }
    if !problems.isEmpty { return TransactionRefusal(.unreadable(problems), changes: []) }
    if let limit, !gated.isEmpty { return TransactionRefusal(.timeLimit(limit), changes: gated) }
    return nil
  }

  public mutating func intentRecorded(_ outcome: StepOutcome) -> TransactionAction {
    guard state == .recordingIntent else { return .finish }
    return step(outcome, refusing: TransactionRefusal.Reason.notRecorded) { machine in
      machine.isWatched ? machine.go(.lookingBefore, .lookBefore) : machine.go(.applying, .allow)
    }
  }

  public mutating func sawBefore(_ outcome: StepOutcome) -> TransactionAction {
    guard state == .lookingBefore else { return .finish }
    return step(outcome, refusing: TransactionRefusal.Reason.noSnapshot) { machine in
      guard outcome == .done else {
        machine.isWatched = false
        return machine.go(.applying, .allow)
      }
      return machine.go(.guarding, .startGuard)
    }
  }

  public mutating func guarded(_ outcome: StepOutcome) -> TransactionAction {
    guard state == .guarding else { return .finish }
    return step(outcome, refusing: TransactionRefusal.Reason.notGuarded) { machine in
      machine.units.isEmpty
        ? machine.go(.applying, .allow) : machine.go(.shielding, .raiseShield(units: machine.units))
    }
  }

  /// A shield that is not possible makes the verdict a hold, and says why.
  public mutating func shielded(_ outcome: StepOutcome) -> TransactionAction {
    guard state == .shielding else { return .finish }
    return step(outcome, refusing: TransactionRefusal.Reason.notShielded) { $0.go(.applying, .allow) }
  }

  /// The hook's time is over: `limit` is what it had. What to exit with, at once; nothing more can be done.
  public func ranLate(_ limit: Duration) -> TransactionAction {
    guard state.isBeforeDpkg else { return .finish }
    if let refusal { return .veto(refusal) }
    if mode != .enforce { return .allow }
    if gated.isEmpty, state != .deciding || isForeseen { return .allow }
    return .veto(TransactionRefusal(.late(limit), changes: gated))
  }

  public mutating func withdrawn(_ outcome: StepOutcome) -> TransactionAction {
    guard state == .withdrawing, let refusal else { return .finish }
    note(outcome)
    return go(.recordingVeto, .recordVeto(refusal))
  }

  public mutating func vetoRecorded(_ outcome: StepOutcome) -> TransactionAction {
    guard state == .recordingVeto, let refusal else { return .finish }
    note(outcome)
    return go(.closed, .veto(refusal))
  }

  /// Goes on after a step that succeeded, or that failed where nothing is gated; refuses all if something is.
  private mutating func step(
    _ outcome: StepOutcome, refusing reason: (String) -> TransactionRefusal.Reason,
    then next: (inout TransactionStateMachine) -> TransactionAction
  ) -> TransactionAction {
    guard case .failed(let words) = outcome else { return next(&self) }
    guard gated.isEmpty else {
      refusal = TransactionRefusal(reason(words), changes: gated)
      return go(.withdrawing, .withdraw)
    }
    note(outcome)
    return next(&self)
  }

  // MARK: after dpkg

  public mutating func dpkgEnded(_ end: TransactionResult.End) -> TransactionAction {
    guard state == .applying else { return .finish }
    result.end = end
    return isWatched ? go(.lookingAfter, .lookAfter) : recordOutcome()
  }

  /// - Parameter lost: how many objects are missing that were there.
  public mutating func sawAfter(_ outcome: StepOutcome, lost: Int = 0) -> TransactionAction {
    guard state == .lookingAfter else { return .finish }
    note(outcome)
    result.lost = lost
    return lost > 0 ? go(.restoring, .restore) : go(.probing, .probe)
  }

  /// - Parameter count: how many of the missing objects are there again.
  public mutating func restored(_ outcome: StepOutcome, count: Int = 0) -> TransactionAction {
    guard state == .restoring else { return .finish }
    note(outcome)
    result.restored = count
    return go(.probing, .probe)
  }

  /// - Parameter failed: the probes that failed, by name.
  public mutating func probed(_ outcome: StepOutcome, failed: [String] = []) -> TransactionAction {
    guard state == .probing else { return .finish }
    note(outcome)
    result.failedProbes = failed
    return units.isEmpty ? recordOutcome() : go(.unshielding, .lowerShield(units: units))
  }

  public mutating func unshielded(_ outcome: StepOutcome) -> TransactionAction {
    guard state == .unshielding else { return .finish }
    note(outcome)
    return recordOutcome()
  }

  public mutating func outcomeRecorded(_ outcome: StepOutcome) -> TransactionAction {
    guard state == .recordingOutcome else { return .finish }
    note(outcome)
    return go(.closed, .finish)
  }

  private mutating func recordOutcome() -> TransactionAction { go(.recordingOutcome, .recordOutcome(result)) }

  // MARK: -

  private mutating func note(_ outcome: StepOutcome) {
    if case .failed(let words) = outcome { result.problems.append(words) }
  }

  private mutating func go(_ next: TransactionState, _ action: TransactionAction) -> TransactionAction {
    state = next
    return action
  }
}

/// What apt-gate does about its decisions.
public enum TransactionMode: String, Sendable, Hashable, CaseIterable {
  /// Decisions are made effective.
  case enforce
  /// Decisions are made and recorded, and change nothing in apt.
  case observe
  /// apt only shows what it would run; nothing is left behind.
  case dryRun = "dry-run"
}
