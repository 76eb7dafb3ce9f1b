public import GateModel
public import Rollout

/// A grant as the node keeps it, until the coordinator knows how it went.
public struct NodeGrant: Sendable, Hashable, Codable {
  public enum Phase: String, Sendable, Hashable, CaseIterable, Codable {
    /// The pin is away; dpkg has not begun.
    case granted
    /// The coordinator said, right before dpkg, that it still stands.
    case confirmed
    /// dpkg is done and the checks after it found nothing.
    case healthy
    /// dpkg, or the checks after it, found something.
    case failed
    /// dpkg did not run.
    case returned
  }

  public var rollout: RolloutID
  public var token: UInt64
  public var phase: Phase
  /// When it ends, by the node's clock that no one sets: seconds since the boot ``boot``, sleep counted.
  public var ends: Int64
  public var boot: String
  /// Since when the node is well with the version.
  public var healthySince: Timestamp?
  /// Why it failed or was given back.
  public var reason: String?
  /// Whether the coordinator knows the phase.
  public var isReported: Bool

  public init(_ grant: Grant, at moment: BootMoment) {
    rollout = grant.rollout
    token = grant.token
    phase = .granted
    // The answer took a while, which only makes this earlier than the coordinator's own deadline if counted from the
    // question: the caller gives the moment before it asked.
    ends = moment.seconds + grant.remaining
    boot = moment.boot
    isReported = true
  }

  /// How much of it is left; nought in another boot.
  public func left(at moment: BootMoment) -> Duration {
    moment.boot == boot ? max(.zero, .seconds(ends - moment.seconds)) : .zero
  }
}
