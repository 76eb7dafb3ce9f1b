/// A process that is not mistaken for a later one with the same number.
public struct ProcessIdentity: Sendable, Hashable {
  public var pid: Int32
  /// When it began, in the kernel's ticks since boot. Source: proc(5), `/proc/PID/stat`, field 22.
  public var start: UInt64

  public init(pid: Int32, start: UInt64) {
    self.pid = pid
    self.start = start
  }
}
