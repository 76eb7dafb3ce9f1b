public import Documents

/// One policy file, read and checked.
public struct PolicyDocument: Sendable {
  /// The only value of `apiVersion:`.
  public static let apiVersion = "apt-gate/v1"

  /// The policy's name, unique in a set.
  public var name: String
  public var description: String?
  /// Name of the ``DocumentSource`` it was read from.
  public var file: String
  /// What must never pass without a verdict.
  public var gated: [ChangeMatch]
  /// Sorted by name. Rules of the same policy refer to them.
  public var windows: [TimeWindow]
  public var escalations: [Escalation]
  /// In the order of the file, which never matters.
  public var rules: [PolicyRule]
}

/// A rule of a policy: what it is about, and what it gives.
public struct PolicyRule: Sendable {
  /// Unique in a set.
  public var id: String
  public var description: String?
  /// The policy that the rule stands in.
  public var policy: String
  public var file: String
  public var position: DocumentPosition
  public var effectPosition: DocumentPosition
  public var match: ChangeMatch
  /// The rule is not about changes that one of these matches.
  public var except: [ChangeMatch]
  public var time: TimeTerms
  /// In force while this holds.
  public var when: Condition?
  public var effect: RuleEffect
  public var message: MessageTemplate
  public var enforcement: Enforcement
  /// Who or what clears it, in the author's words; nil for the words that go with the effect.
  public var clears: MessageTemplate?
}

/// How binding a rule is. The raw values are those of `enforce:`.
public enum Enforcement: String, Sendable, Hashable, CaseIterable {
  /// It is shown and recorded, and has no part in the verdict.
  case advisory
  /// It counts; a recorded approval clears it.
  case soft
  /// It counts; no approval clears it, only another policy, another version or the rule's own terms.
  case hard
}
