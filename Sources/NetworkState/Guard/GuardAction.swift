/// What the guard wants done; the shell around it does it and nothing else.
public enum GuardAction: Sendable, Hashable {
  case nothing
  /// Send these requests to the kernel at once, in this order.
  case putBack([RoutingMessage])
  /// Notifications were lost: read a fresh snapshot and hand it to ``GuardStateMachine/resynchronized(_:at:)``.
  case resynchronize
}

/// One thing that happened under the guard, for the report.
public struct GuardEvent: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Protected, deleted by networkd, and asked for again.
    case putBack
    /// Back in the kernel; `delay` is set.
    case returned
    /// Deleted by another process, on purpose.
    case leftToOthers
    /// Deleted by the kernel itself, with an address or link.
    case takenByKernel
    /// Notifications were lost.
    case overrun
    /// Found missing in a fresh snapshot, without a notification.
    case foundMissing
  }

  public var kind: Kind
  /// Microseconds on the monotonic clock.
  public var time: Int64
  /// Where the object is in the baseline; nil for `overrun`.
  public var object: NetworkObjectKind?
  public var place: Int?
  /// The port of the socket that asked for the deletion; 0 is the kernel.
  public var port: UInt32
  /// Microseconds from the deletion to the return.
  public var delay: Int64?
}
