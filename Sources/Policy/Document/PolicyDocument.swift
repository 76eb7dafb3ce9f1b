public import Documents
public import TimeWindows

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
///
/// An object, because it is large and every decision looks at many: a copy would cost more than the look.
public final class PolicyRule: Sendable {
  /// Unique in a set.
  public let id: String
  public let description: String?
  /// The policy that the rule stands in.
  public let policy: String
  public let file: String
  public let position: DocumentPosition
  public let effectPosition: DocumentPosition
  public let match: ChangeMatch
  /// The rule is not about changes that one of these matches.
  public let except: [ChangeMatch]
  public let time: TimeTerms
  /// In force while this holds.
  public let when: Condition?
  public let effect: RuleEffect
  public let message: MessageTemplate
  public let enforcement: Enforcement
  /// Who or what clears it, in the author's words; nil for the words that go with the effect.
  public let clears: MessageTemplate?

  init(
    id: String, description: String?, policy: String, file: String, position: DocumentPosition,
    effectPosition: DocumentPosition,
    match: ChangeMatch, except: [ChangeMatch], time: TimeTerms, when: Condition?,
    effect: RuleEffect, message: MessageTemplate, enforcement: Enforcement, clears: MessageTemplate?
  ) {
    self.id = id
    self.description = description
    self.policy = policy
    self.file = file
    self.position = position
    self.effectPosition = effectPosition
    self.match = match
    self.except = except
    self.time = time
    self.when = when
    self.effect = effect
    self.message = message
    self.enforcement = enforcement
    self.clears = clears
  }
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
