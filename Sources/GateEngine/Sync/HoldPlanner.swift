public import GateModel

/// Works out which holds must be in force together, as a state machine.
///
/// A decision holds a change; what apt would do under that hold may be something else than the rest of the first plan:
/// another version of the same source comes to the fore, on which nobody has decided; packages that need the held
/// one cannot upgrade; a package would be removed because its new version is held and its old one is in the way. So
/// apt is asked again under the holds, until nothing new comes of it:
///
///     start -> plan(no holds) -> check(all) -> plan(holds) -> [check(new ones) ->] plan(more holds) ... -> finish
///
/// Guarantees about the holds it ends with: every version that apt would install under them was decided on and is not
/// held; a source upgrades as a whole or not at all; nothing is removed that would not be removed without any hold.
/// Where that cannot be had within ``mostPlans`` plans, or another pin of the administrator's defeats a hold, the plan
/// says so in its warnings, and the hook before installation is what is left.
public struct HoldPlanner: Sendable {
  /// Each plan adds to the holds, and few nodes need three.
  public static let mostPlans = 24

  /// Without any hold; nil before the first plan.
  private(set) var unheld: PendingChanges?
  private(set) var decided: [CheckedChange] = []
  /// Changes that cannot go because of holds, with the sources of those.
  private(set) var companions: [String: [String]] = [:]
  /// Packages that only holds would have removed.
  private(set) var endangered: Set<BinaryPackage> = []
  /// The last plan.
  private var latest: PendingChanges?
  private var asked: [Hold] = []
  private var isKeeping = false
  /// What was endangered when the holds that save it were last looked for.
  private var saved: Set<BinaryPackage> = []
  private var plans = 0
  let previous: [Hold]
  let now: Timestamp

  /// `previous` holds say since when a version has been held.
  public init(previous: [Hold] = [], now: Timestamp) {
    self.previous = previous
    self.now = now
  }

  public mutating func start() -> HoldPlannerAction { plan(keeping: false) }

  /// What apt would do under the holds last asked about.
  public mutating func planned(_ pending: PendingChanges) -> HoldPlannerAction {
    latest = pending
    if unheld == nil { unheld = pending }
    let undecided = pending.changes.filter { change in !decided.contains { $0.change.covers(change) } }
    return undecided.isEmpty ? settle(pending) : .check(undecided)
  }

  /// Decisions on what was asked last.
  public mutating func checked(_ changes: [CheckedChange]) -> HoldPlannerAction {
    decided += changes
    guard let latest else { return start() }
    return holds == asked || plans >= Self.mostPlans ? settle(latest) : plan(keeping: isKeeping)
  }

  /// Everything that `pending` would do has been decided on. What else must be held?
  private mutating func settle(_ pending: PendingChanges) -> HoldPlannerAction {
    note(pending)
    let threatened = threatened(in: pending)
    endangered.formUnion(threatened)
    if plans >= Self.mostPlans { return finish(threatened: threatened) }
    if holds != asked { return plan(keeping: isKeeping) }
    if isKeeping {
      saved = endangered
      return plan(keeping: false)
    }
    return threatened.isEmpty || endangered == saved ? finish(threatened: threatened) : plan(keeping: true)
  }

  private mutating func plan(keeping: Bool) -> HoldPlannerAction {
    plans += 1
    isKeeping = keeping
    asked = holds
    return .plan(holds: asked, keeping: keeping ? endangered.sorted() : [])
  }

  /// Adds the changes that `pending` leaves out or splits though nothing holds them.
  private mutating func note(_ pending: PendingChanges) {
    let held = Set(holds.map(\.source))
    for change in unheld?.changes ?? [] where !held.contains(change.source) && !change.moves(in: pending) {
      companions[change.source] = blockers(of: change, in: pending)
    }
  }

  /// Whether a decision is on something that is pending or held: plans on the way may have had other changes.
  private func matters(_ checked: CheckedChange) -> Bool {
    checked.verdict.isHeld
      || ((unheld?.changes ?? []) + (latest?.changes ?? [])).contains { checked.change.covers($0) }
  }

  private func finish(threatened: Set<BinaryPackage>) -> HoldPlannerAction {
    let removals = threatened.sorted().map {
      "apt would remove `\($0)` because of what is held, and no set of holds was found under which it would not"
    }
    let pins = Set(holds.flatMap(\.pins))
    let defeated = (latest?.changes ?? []).flatMap(\.pins).filter(pins.contains).map {
      "\($0) is held, but another pin in apt's preferences lets it through"
    }
    let unsettled = holds == asked ? [] : ["apt's plans came to no end; what is held may not be all that should be"]
    let first = unheld ?? PendingChanges(changes: [], keptBack: [])
    return .finish(
      HoldPlan(
        checked: decided.filter(matters), holds: holds, keptBack: first.keptBack,
        warnings: first.warnings + removals + defeated + unsettled))
  }
}
