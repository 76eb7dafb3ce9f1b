/// A limit by which systemd would kill the processes of a unit.
public struct ProcessTimeLimit: Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    /// `RuntimeMaxSec=`.
    case runtime
    /// `TimeoutStartSec=` of a unit that is still starting, as a `oneshot` is while it runs.
    case start
    /// The unit is being stopped, or a stop is queued: `TimeoutStopSec=`.
    case stop
    /// The system is shutting down.
    case shutdown
  }

  public var unit: String
  public var reason: Reason
  /// How long is left; never negative. For ``Reason/stop`` and ``Reason/shutdown`` an upper bound, nil if there is none.
  public var left: Duration?

  public init(unit: String, reason: Reason, left: Duration?) {
    self.unit = unit
    self.reason = reason
    self.left = left
  }

  /// In one line, such as ``` `apt-daily-upgrade.service` may run for 40 s more (RuntimeMaxSec=)```.
  public var message: String {
    let seconds = left.map { "\($0.components.seconds) s" }
    switch reason {
    case .runtime: return "`\(unit)` may run for \(seconds ?? "some time") more (RuntimeMaxSec=)"
    case .start: return "`\(unit)` must have started within \(seconds ?? "some time") (TimeoutStartSec=)"
    case .stop: return "`\(unit)` is being stopped and is killed \(seconds.map { "within \($0)" } ?? "at some time")"
    case .shutdown: return "the system is shutting down"
    }
  }

  /// The limits on the processes of `unit` at the time `now` since boot, the nearest first.
  ///
  /// Source: systemd.service(5): `RuntimeMaxSec=` counts from the moment when the unit became active and has no effect
  /// on `oneshot`, which is `activating` while it runs, under `TimeoutStartSec=`.
  public static func limits(of unit: UnitSnapshot, isShuttingDown: Bool, now: Duration) -> [ProcessTimeLimit] {
    var limits: [ProcessTimeLimit] = []
    func add(_ reason: Reason, _ left: Duration?) {
      limits.append(ProcessTimeLimit(unit: unit.name, reason: reason, left: left.map { max(.zero, $0) }))
    }
    if isShuttingDown { add(.shutdown, unit.stopTimeout) }
    if unit.activeState == "deactivating" || ["stop", "restart", "try-restart"].contains(unit.job) {
      add(.stop, unit.stopTimeout)
    }
    if unit.activeState == "active", unit.serviceType != "oneshot", let limit = unit.runtimeLimit,
      let since = unit.activeSince
    {
      add(.runtime, since + limit - now)
    }
    if unit.activeState == "activating", let limit = unit.startTimeout, let since = unit.startedAt {
      add(.start, since + limit - now)
    }
    return limits.sorted { ($0.left ?? .seconds(Int64.max)) < ($1.left ?? .seconds(Int64.max)) }
  }
}
