public import GateModel

/// What recorded approvals make of a decision.
public struct ApprovalReview: Sendable, Hashable {
  /// The decision as it is in force: let through, or as it was.
  public var decision: Decision
  public var outcome: ApprovalOutcome
  /// The approvals of this source that do not count, each with why, in the order they were given.
  public var discounted: [DiscountedApproval]
}

/// Whether approvals let a change through.
public enum ApprovalOutcome: Sendable, Hashable {
  /// Nothing holds it.
  case notNeeded
  /// These people, sorted, let it through.
  case letThrough(by: [String])
  /// It stays held, for each of these reasons. Never empty.
  case refused([ApprovalRefusal])
}

/// Why approvals do not let a change through.
public enum ApprovalRefusal: Sendable, Hashable {
  /// No approval that counts is there.
  case noApproval
  /// A rule that is `hard` holds it, or there is no verdict that a person could overrule.
  case notApprovable
  /// The rule asks for more people than have approved.
  case tooFewPeople(rule: String, needed: Int, given: [String])
}

/// An approval that does not count.
public struct DiscountedApproval: Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    /// It is for another version than the pending one.
    case otherVersion(pending: PackageVersion?)
    /// The policies are no longer those that it was given under.
    case otherPolicies
    case expired
    /// Nobody stands behind it.
    case nobody
  }

  public var approval: Approval
  public var reason: Reason

  public init(approval: Approval, reason: Reason) {
    self.approval = approval
    self.reason = reason
  }
}

extension ApprovalRefusal: CustomStringConvertible {
  /// One line for a person.
  public var description: String {
    switch self {
    case .noApproval: return "nobody has approved this version under these policies"
    case .notApprovable: return "no approval clears it"
    case .tooFewPeople(let rule, let needed, let given):
      let names = given.isEmpty ? "nobody who may has" : "only \(given.joined(separator: ", "))"
      return DisplayText.line("rule `\(rule)` asks for \(needed) people; \(names) approved")
    }
  }
}

extension DiscountedApproval.Reason: CustomStringConvertible {
  /// One line for a person.
  public var description: String {
    switch self {
    case .otherVersion(let pending):
      DisplayText.line("it is for another version; pending is \(pending.map { "`\($0.text)`" } ?? "a removal")")
    case .otherPolicies: "the policies have changed since"
    case .expired: "it has expired"
    case .nobody: "it names nobody"
    }
  }
}
