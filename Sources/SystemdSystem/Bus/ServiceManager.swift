internal import CSystemd
public import GateModel
import Glibc

/// systemd's service manager, over a connection of its own; for one thread at a time.
///
/// Root talks to the manager's private socket, so that nothing depends on dbus-daemon, whose own update is one that
/// apt may be applying; everyone else talks over the system bus. Every call ends by its deadline.
public final class ServiceManager {
  private let bus: OpaquePointer

  /// Throws `noSystemd` where systemd is not the init system or cannot be reached, `notPermitted` or `deadline`.
  public init(by deadline: ContinuousClock.Instant) throws(SystemdError) {
    guard Self.isBooted else {
      throw SystemdError(.noSystemd, "systemd does not run here: it is not the init system (see sd_booted(3))")
    }
    var opened: OpaquePointer?
    let result = csd_connect(deadline.microsecondsLeft, &opened)
    guard result == 0, let opened else { throw .bus(result, "cannot reach systemd") }
    bus = opened
  }

  deinit { csd_disconnect(bus) }

  /// Whether systemd is the init system here. Source: sd_booted(3).
  public static var isBooted: Bool { csd_booted() > 0 }

  /// The unit of that name or alias; it is loaded if it is not yet. One that has no file has the load state
  /// `not-found`.
  public func unit(_ name: String, by deadline: ContinuousClock.Instant) throws(SystemdError) -> UnitSnapshot {
    var error = csd_error()
    var result: UnsafeMutablePointer<csd_properties>?
    let status = csd_unit(bus, name, deadline.microsecondsLeft, &result, &error)
    guard status == 0, let result else { throw .bus(status, "cannot ask systemd about `\(name)`", error) }
    defer { csd_properties_free(result) }
    let properties = BusProperties(result.pointee)
    var snapshot = properties.unit(named: name)
    if let job = properties.job { snapshot.job = try? object(job, by: deadline)["JobType"] }
    return snapshot
  }

  /// Whether the system is going down. Source: systemctl(1), `is-system-running`.
  public func isShuttingDown(by deadline: ContinuousClock.Instant) throws(SystemdError) -> Bool {
    try systemState(by: deadline) == "stopping"
  }

  /// `running`, `degraded`, `starting`, `stopping`, ...
  public func systemState(by deadline: ContinuousClock.Instant) throws(SystemdError) -> String {
    try object("/org/freedesktop/systemd1", by: deadline)["SystemState"] ?? "unknown"
  }

  /// Reads all unit files again: `systemctl daemon-reload`.
  public func reload(by deadline: ContinuousClock.Instant) throws(SystemdError) {
    var error = csd_error()
    let status = csd_reload(bus, deadline.microsecondsLeft, &error)
    guard status == 0 else { throw .bus(status, "systemd did not read its unit files again", error) }
  }

  /// What to do to a unit; the raw value is the manager's method.
  public enum Action: String, Sendable, Hashable, CaseIterable {
    case start = "StartUnit"
    case stop = "StopUnit"
    case restart = "RestartUnit"
    case tryRestart = "TryRestartUnit"
  }

  /// Asks for a job and waits for it to end well.
  ///
  /// Throws `refused`, `noUnit`, `job` if it ended otherwise, `deadline` if it did not end: it goes on then.
  public func perform(
    _ action: Action, on unit: String, by deadline: ContinuousClock.Instant
  ) throws(SystemdError) {
    var error = csd_error()
    var ended = [CChar](repeating: 0, count: 64)
    let status = csd_job(bus, action.rawValue, unit, deadline.microsecondsLeft, &ended, ended.count, &error)
    let what = "\(action.rawValue) of `\(unit)`"
    guard status == 0 else { throw .bus(status, "\(what) failed", error) }
    let result = String(decoding: ended.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard result == "done" || result == "skipped" else {
      throw SystemdError(.job, "\(what) ended with `\(result)`; see `systemctl status \(unit)`")
    }
  }

  private func object(_ path: String, by deadline: ContinuousClock.Instant) throws(SystemdError) -> [String: String] {
    var error = csd_error()
    var result: UnsafeMutablePointer<csd_properties>?
    let status = csd_object(bus, path, deadline.microsecondsLeft, &result, &error)
    guard status == 0, let result else { throw .bus(status, "cannot ask systemd about `\(path)`", error) }
    defer { csd_properties_free(result) }
    return BusProperties(result.pointee).texts
  }
}
