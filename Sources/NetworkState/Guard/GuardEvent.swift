/// One thing that happened under the guard, for the report.
public struct GuardEvent: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
    /// Protected, deleted by networkd, and asked for again.
    case putBack
    /// Back in the kernel; `delay` is set where the deletion was seen.
    case returned
    /// Deleted by another process, on purpose.
    case leftToOthers
    /// Deleted by the kernel itself, with an address or link.
    case takenByKernel
    /// Dropped by the kernel with an address, link or nexthop without a word; found when it was asked for again.
    case takenSilently
    /// The kernel does not take it yet: what it hangs on is not there.
    case refused
    /// networkd deletes it again and again; it is left until the end.
    case gaveUp
    /// Notifications were lost.
    case overrun
    /// Found missing in a fresh snapshot, without a notification.
    case foundMissing
  }

  public var kind: Kind
  /// Microseconds on the monotonic clock.
  public var time: Int64
  /// Nil for `overrun`.
  public var object: GuardedObject?
  /// The port of the socket that asked for the deletion; 0 is the kernel.
  public var port: UInt32
  /// The process that asked for it, if it is another than networkd and known.
  public var process: String?
  /// Microseconds from the deletion to the return.
  public var delay: Int64?
  /// Why the kernel refused.
  public var reason: String?
}
