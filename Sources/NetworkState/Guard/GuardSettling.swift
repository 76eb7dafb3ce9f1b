/// Whether networkd is done with what the command made it do: it says that its start is over long before it has
/// configured its links.
///
///     restless --(links configured, and calm for a while)--> settled
///     restless --(the limit is over)--> settled
public struct GuardSettling: Sendable {
  /// How long nothing of networkd's may have happened. Between the end of networkd's start and its first change there
  /// are the questions to udev about each link; tens of milliseconds on an idle machine.
  public static let standardCalm: Int64 = 500_000

  /// Both in microseconds on the monotonic clock.
  private let limit: Int64
  private let calm: Int64
  private var lastActivity: Int64

  /// From now on, at most for `limit` microseconds, and until `calm` microseconds were calm.
  public init(at time: Int64, limit: Int64, calm: Int64 = standardCalm) {
    self.calm = calm
    self.limit = time + limit
    lastActivity = time
  }

  /// Something was announced, or a process of networkd started or ended.
  public mutating func active(at time: Int64) { lastActivity = max(lastActivity, time) }

  /// `isConfigured` says whether networkd has configured every link that it manages.
  public func isSettled(at time: Int64, isConfigured: Bool) -> Bool {
    time >= limit || isConfigured && time - lastActivity >= calm
  }
}
