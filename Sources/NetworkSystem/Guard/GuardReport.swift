public import NetworkState

/// What happened under a guard, and how the node's network is now.
public struct GuardReport: Sendable {
  public var baseline: NetworkSnapshot
  /// After everything was put back.
  public var final: NetworkSnapshot
  public var events: [GuardEvent]
  /// Microseconds on the monotonic clock, as the events' times: when the baseline was there, when the work ended, and
  /// when the guard did.
  public var started: Int64
  public var workEnded: Int64
  public var ended: Int64
  /// What was still missing at the end and was restored, in the plan's order.
  public var restoredCount: Int
  /// What the kernel did not take back at the end.
  public var refusals: [SnapshotRestorer.Refusal]
  /// Protected objects that are not there.
  public var missing: [GuardedObject]
  /// How the final state differs from the baseline.
  public var drift: Drift
  /// What of the real-time conditions was not allowed.
  public var notes: [String]
  /// Whether networkd said at the end that it has configured its links.
  public var isSettled: Bool

  public var gaps: GapStatistics { GapStatistics(events) }

  /// Whether everything that was protected and that nobody else took is there.
  public var isComplete: Bool { missing.isEmpty }
}
