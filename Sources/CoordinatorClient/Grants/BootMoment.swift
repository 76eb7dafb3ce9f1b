internal import Glibc

/// A moment on the clock that nobody sets and that counts sleep: CLOCK_BOOTTIME, clock_gettime(2).
public struct BootMoment: Sendable, Hashable {
  public var seconds: Int64
  /// The kernel's id of the boot.
  public var boot: String

  public init(seconds: Int64, boot: String) {
    self.seconds = seconds
    self.boot = boot
  }

  public static func now(boot: String) -> BootMoment {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return BootMoment(seconds: Int64(time.tv_sec), boot: boot)
  }
}
