import GateEngine
import GateModel
import LedgerLog
import Policy

/// A person's wish to let a held version through.
struct ApprovalRequest {
  var package: String
  /// nil for the one that is pending.
  var version: PackageVersion?
  var reason: String
  var expires: Timestamp
  var person: LedgerActor

  /// What is approved: a held change, and how many more people must approve after this one.
  struct Subject {
    var target: Pin
    var missing: Int
  }

  /// Finds the change that is meant. Throws ``CommandFailure`` if there is none, if it is not held by a decision of its
  /// own, or if this person cannot let it through.
  func subject(in report: SyncReport, approvals: [Approval], policyDigest: String, now: Timestamp) throws -> Subject {
    let pattern = PackagePattern(package)
    let changes = report.plan.checked.filter {
      pattern.matches($0.change) && (version == nil || $0.change.to == version)
    }
    guard let checked = changes.max(by: { $0.verdict < $1.verdict }), let target = checked.change.target else {
      throw CommandFailure(
        message: "no update of `\(package)`\(version.map { " to \($0)" } ?? "") is pending",
        hint: "`apt-gate held` shows what is held")
    }
    guard Set(changes.compactMap(\.change.target)).count == 1 else {
      let names = changes.compactMap(\.change.target).map(\.description).joined(separator: ", ")
      throw CommandFailure(message: "`\(package)` means several updates: \(names)", hint: "name one, with `--version`")
    }
    try requireHeld(checked, report)
    let given = approvals + [approval(of: target, policyDigest: policyDigest)]
    let review = checked.decision.applying(
      given, to: checked.change, policyDigest: policyDigest, now: now,
      teams: Person.teams(of: checked.decision, among: given))
    return Subject(target: target, missing: try missing(review, checked.change.source))
  }

  private func requireHeld(_ checked: CheckedChange, _ report: SyncReport) throws {
    guard !checked.verdict.isHeld else { return }
    let source = checked.change.source
    let blockers = report.plan.holds.first { $0.source == source }?.heldBy ?? []
    guard let first = blockers.first else {
      throw CommandFailure(message: "`\(source)` is not held, so there is nothing to approve", hint: nil)
    }
    throw CommandFailure(
      message: "`\(source)` is held only by \(blockers.map { "`\($0)`" }.joined(separator: ", "))",
      hint: "approve that: `apt-gate approve \(first) --reason TEXT`")
  }

  /// How many more people must approve, by the rule that lacks most.
  private func missing(_ review: ApprovalReview, _ source: String) throws -> Int {
    guard case .refused(let refusals) = review.outcome else { return 0 }
    let lacking = refusals.compactMap { refusal -> (given: [String], count: Int)? in
      if case .tooFewPeople(_, let needed, let given) = refusal { (given, needed - given.count) } else { nil }
    }
    guard lacking.count == refusals.count else {
      throw CommandFailure(
        message: "no approval clears what holds `\(source)`",
        hint: "`apt-gate explain \(source)` shows the rule and what clears it")
    }
    guard lacking.contains(where: { $0.given.contains(person.name) }) else {
      let words = refusals.map(\.description).joined(separator: "; ")
      throw CommandFailure(message: "`\(person.name)` may not approve `\(source)`", hint: words)
    }
    return lacking.map(\.count).max() ?? 0
  }

  private func approval(of target: Pin, policyDigest: String) -> Approval {
    Approval(record(target, policyDigest: policyDigest))
  }

  func record(_ target: Pin, policyDigest: String) -> ApprovalRecord {
    ApprovalRecord(
      source: target.source, version: target.version.text, policyDigest: policyDigest, reason: reason,
      expires: expires, people: [person.name])
  }
}
