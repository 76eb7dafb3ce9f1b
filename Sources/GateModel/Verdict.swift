/// Whether a change may apply, from the most lenient to the strictest.
///
/// `undetermined` stands beside `hold`: it acts as a hold and is told apart from it, because a fact or
/// policy needed for a verdict was missing or broken.
public enum Verdict: String, Sendable, Hashable, CaseIterable, Comparable {
  /// It applies.
  case allow
  /// It applies, but its restarts of the named units are refused and owed.
  case shield
  /// It waits for a time.
  case `defer`
  /// It waits for its turn in the fleet.
  case stage
  /// It waits for people.
  case approve
  /// It stays out until a newer version or another policy.
  case hold
  /// A fact or policy that a verdict needs was missing or broken.
  case undetermined

  /// How strict it is; `undetermined` comes last, so that it is never hidden by a hold.
  private var strictness: Int {
    switch self {
    case .allow: 0
    case .shield: 1
    case .defer: 2
    case .stage: 3
    case .approve: 4
    case .hold: 5
    case .undetermined: 6
    }
  }

  public static func < (left: Verdict, right: Verdict) -> Bool { left.strictness < right.strictness }

  /// Whether the change stays out for now: anything stricter than `shield`.
  public var isHeld: Bool { self > .shield }
}

/// A verdict on a change, the rules that decided it, and what would clear it.
public struct Decision: Sendable, Hashable {
  public var verdict: Verdict
  /// The ids of the rules that gave the verdict, sorted; empty if none fired.
  public var decidedBy: [String]
  /// Why, in one line, in the words of the deciding rule.
  public var message: String?
  /// Who or what clears it; nil for `allow`.
  public var clearsWhen: String?
  /// Every rule that was looked at, sorted by id.
  public var rules: [RuleOutcome]
  /// The policies whose `gated:` names the change, sorted; empty if it may pass whatever is broken.
  public var gatedBy: [String]
  /// The units whose restarts are refused while the change applies, sorted; also where the verdict is stricter
  /// than `shield`, because the change may be approved later.
  public var shieldedUnits: [String]
  /// Who must approve before an approval clears it, by rule, sorted; empty where one person is enough.
  public var approvals: [ApprovalTerms]
  /// Whether people can let it through; false where a rule says that no approval clears it.
  public var isApprovable: Bool
  /// What has been held for too long, and who must see to it. Never a reason to let it through.
  public var escalations: [EscalationNotice]

  public init(
    verdict: Verdict, decidedBy: [String], message: String?, clearsWhen: String?, rules: [RuleOutcome] = [],
    gatedBy: [String] = [], shieldedUnits: [String] = [], approvals: [ApprovalTerms] = [],
    isApprovable: Bool = true,
    escalations: [EscalationNotice] = []
  ) {
    self.verdict = verdict
    self.decidedBy = decidedBy
    self.message = message
    self.clearsWhen = clearsWhen
    self.rules = rules
    self.gatedBy = gatedBy
    self.shieldedUnits = shieldedUnits
    self.approvals = approvals
    self.isApprovable = isApprovable
    self.escalations = escalations
  }

  /// How many people must approve: as many as the rule that asks for most; 1 where none asks.
  public var approvalsNeeded: Int { approvals.map(\.count).max() ?? 1 }
}

/// What one rule said about a change.
public struct RuleOutcome: Sendable, Hashable {
  public var rule: String
  /// The verdict the rule gives when it fires.
  public var verdict: Verdict
  public var fired: Bool
  /// Why it fired or why not, in one line.
  public var reason: String
  /// Whether it fired because something that it asks for could not be found out.
  public var isAssumed: Bool
  /// The parts of the rule's condition with their values, in the order of its text; only in an explanation.
  public var conditions: [ConditionOutcome]

  public init(
    rule: String, verdict: Verdict, fired: Bool, reason: String, isAssumed: Bool = false,
    conditions: [ConditionOutcome] = []
  ) {
    self.rule = rule
    self.verdict = verdict
    self.fired = fired
    self.reason = reason
    self.isAssumed = isAssumed
    self.conditions = conditions
  }
}

/// A part of a rule's condition, and what it is at the moment.
public struct ConditionOutcome: Sendable, Hashable {
  /// The part as it was written, on one line.
  public var text: String
  /// Its value in a person's words; nil if it has none.
  public var value: String?
  /// Why it has no value.
  public var failure: String?

  public init(text: String, value: String? = nil, failure: String? = nil) {
    self.text = text
    self.value = value
    self.failure = failure
  }
}

/// Whose approval a rule waits for.
public struct ApprovalTerms: Sendable, Hashable {
  public var rule: String
  /// How many different people.
  public var count: Int
  /// Who may approve: people, or teams with `@`; empty if everybody may.
  public var from: [String]

  public init(rule: String, count: Int, from: [String]) {
    self.rule = rule
    self.count = count
    self.from = from
  }
}

/// A hold that lasts longer than a policy allows.
public struct EscalationNotice: Sendable, Hashable {
  /// The rule or escalation that says so.
  public var rule: String
  /// One line for a person.
  public var message: String
  /// People or teams who must see to it.
  public var to: [String]

  public init(rule: String, message: String, to: [String]) {
    self.rule = rule
    self.message = message
    self.to = to
  }
}
