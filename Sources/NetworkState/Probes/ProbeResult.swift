/// Whether a target answered.
public struct ProbeResult: Sendable, Hashable {
  public var target: ProbeTarget
  /// Nil if it answered; otherwise why it counts as dead.
  public var failure: String?
  /// From the question to the answer, or to when the failure was known.
  public var duration: Duration

  public init(target: ProbeTarget, failure: String? = nil, duration: Duration = .zero) {
    self.target = target
    self.failure = failure
    self.duration = duration
  }

  public var isAlive: Bool { failure == nil }
}

/// What the probes before and after a change say of the change.
public struct ProbeEvaluation: Sendable, Hashable {
  public enum Outcome: String, Sendable, Hashable, CaseIterable {
    /// Enough of the targets that answered before answer still.
    case alive
    /// Too few do.
    case lost
    /// No target answered before, so that nothing can be said.
    case unknown
  }

  public let outcome: Outcome
  /// Answered before and do not any more.
  public let lost: [ProbeResult]
  /// Did not answer before: they are not blamed on the change, and count neither for nor against it.
  public let deadBefore: [ProbeTarget]

  /// Of the targets that answered before as many must answer as the plan needs, or all if they are fewer.
  public init(_ plan: ProbePlan, before: [ProbeResult], after: [ProbeResult]) {
    let answered = Set(before.filter(\.isAlive).map(\.target))
    let judged = after.filter { answered.contains($0.target) }
    deadBefore = before.filter { !$0.isAlive }.map(\.target)
    lost = judged.filter { !$0.isAlive }
    let alive = judged.count { $0.isAlive }
    outcome = answered.isEmpty ? .unknown : alive >= min(plan.needed, answered.count) ? .alive : .lost
  }
}
