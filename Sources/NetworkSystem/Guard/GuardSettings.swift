public import NetworkState

/// How a guard works.
public struct GuardSettings: Sendable {
  /// The network namespace, such as `/run/netns/NAME`; nil is that of this process.
  public var namespace: String?
  /// What comes and goes and is not protected.
  public var expected = ExpectedChurn.none
  public var networkd = NetworkdProcesses.unit
  /// Room for notifications that wait. A route's takes about 800 bytes of the kernel's memory.
  public var receiveBytes: Int32 = 128 << 20
  /// How long at most networkd may take, after the command's end, to configure its links.
  public var settle: Duration = .seconds(10)
  /// How long nothing may have happened after the command's end if networkd is the process that it was. Once it was
  /// restarted the time is ``GuardSettling/standardCalm``.
  public var calm: Duration = .microseconds(GuardSettling.standardCalm)
  /// How long reading all of the network may take.
  public var readLimit: Duration = .seconds(60)
  /// Whether memory is locked and the priority raised, where that is allowed.
  public var isUrgent = true

  public init(namespace: String? = nil) { self.namespace = namespace }
}
