internal import GateModel

/// What a person reads at login about the gate. Source: update-motd(5); pam_motd(8).
public enum LoginMessage {
  /// One line for what is held and one for what is owed, each with the command that says more; empty if neither is.
  public static func lines(_ status: GateStatus) -> [String] {
    [held(status), owed(status)].compactMap { $0 }
  }

  private static func held(_ status: GateStatus) -> String? {
    guard !status.held.isEmpty else { return nil }
    let what = status.held.count == 1 ? "1 update is held" : "\(status.held.count) updates are held"
    let since = status.held.compactMap(\.since).min().map { ", the oldest since \($0.description.prefix(10))" } ?? ""
    return "apt-gate: \(what)\(since); see `apt-gate held`."
  }

  private static func owed(_ status: GateStatus) -> String? {
    let units = Set(status.owed.map(\.unit)).sorted()
    guard let first = units.first else { return nil }
    let what = units.count == 1 ? "\(first) still runs an old version" : "\(units.count) units still run old versions"
    return "apt-gate: \(what); `apt-gate restart \(units.count == 1 ? first : "UNIT")` restarts it under the guard."
  }
}
