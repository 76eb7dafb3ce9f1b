import GateEngine
import GateModel
import Policy

/// Decides with what the ledger knows: since when a version has been known and held, and who approved it.
struct RecordedDecider: ChangeDecider {
  var base: FactsDecider
  var approvals: [Approval]
  var policyDigest: String
  /// Asked for when versions were first seen, where that is not in the base's memory.
  var recall: LedgerRecall?
  /// Asked what was gated before, where the policies cannot be read; nil where they can.
  var gatedBefore: LedgerRecall?

  /// dpkg with its maintainer scripts takes up to so long: a gated update that would be held before that is over, as at
  /// the end of a maintenance window, is not begun.
  static let leastTime = Duration.seconds(120)

  func decision(on change: Change, effects: [Effect]) -> Decision {
    let now = decision(on: change, effects, at: base.now)
    guard now.isGated, !now.verdict.isHeld else { return now }
    var then = decision(on: change, effects, at: base.now.advanced(by: Self.leastTime))
    guard then.verdict.isHeld else { return now }
    then.message = "too little time is left for dpkg" + (then.message.map { ": \($0)" } ?? "")
    return then
  }

  private func decision(on change: Change, _ effects: [Effect], at time: Timestamp) -> Decision {
    var deciding = remembering(change)
    deciding.now = time
    var decision = deciding.decision(on: change, effects: effects)
    if let gatedBefore, !decision.verdict.isHeld { decision.assumeGated(deciding.memory, gatedBefore, change) }
    return decision.applying(
      approvals, to: change, policyDigest: policyDigest, now: time,
      teams: Person.teams(of: decision, among: approvals)
    ).decision
  }

  func facts(_ change: Change, _ effects: [Effect]) -> Facts { remembering(change).facts(change, effects) }

  private func remembering(_ change: Change) -> FactsDecider {
    var base = base
    let version = NodeMemory.Version(source: change.source, version: change.to)
    if let time = recall?.firstSeen(change) { base.memory.firstSeen[version] = time }
    return base
  }
}

extension Decision {
  /// As ``CheckedChange/isGated``.
  fileprivate var isGated: Bool { !gatedBy.isEmpty || verdict != .allow }

  /// Nobody can read what gates `change` now: what was held stays held, and what was gated is.
  fileprivate mutating func assumeGated(_ memory: NodeMemory, _ recall: LedgerRecall, _ change: Change) {
    let isHeld = memory.heldSince[NodeMemory.Version(source: change.source, version: change.to)] != nil
    guard isHeld || recall.wasGated(change) else { return }
    verdict = .undetermined
    gatedBy = ["policies-cannot-be-read"]
    message = "it was \(isHeld ? "held" : "gated"), and the policies cannot be read"
    clearsWhen = "the policies can be read again"
  }
}

extension Person {
  /// The teams that rules of `decision` name, each as the node's group of that name, with those who approved.
  static func teams(of decision: Decision, among approvals: [Approval]) -> [String: Set<String>] {
    let people = approvals.reduce(into: Set<String>()) { $0.formUnion($1.approvers) }
    let names = Set(decision.approvals.flatMap(\.from).filter { $0.hasPrefix("@") })
    return Dictionary(
      uniqueKeysWithValues: names.map { name in
        (name, people.filter { isMember($0, String(name.dropFirst())) })
      })
  }
}
