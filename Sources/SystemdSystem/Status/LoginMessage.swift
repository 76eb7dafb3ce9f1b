internal import GateModel
import Glibc

/// What a person reads at login about the gate. Source: update-motd(5); pam_motd(8).
public enum LoginMessage {
  /// One line for what is held and one for what is owed, each with the command that says more; empty if neither is.
  public static func lines(_ status: GateStatus) -> [String] {
    [held(status), owed(status)].compactMap { $0 }
  }

  /// Writes the file that /etc/update-motd.d prints, whole and readable by everyone; removes it if there is nothing to say.
  /// Its folder is made if it is not there.
  public static func write(_ status: GateStatus, to path: String) throws(SystemdError) {
    let text = lines(status).map { $0 + "\n" }.joined()
    guard !text.isEmpty else {
      guard unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR else { throw .file("cannot remove `\(path)`") }
      return
    }
    if !SmallFile.folderExists(for: path), let slash = path.lastIndex(of: "/") {
      guard mkdir(String(path[..<slash]), 0o700) == 0 || errno == EEXIST else {
        throw .file("cannot make the folder of `\(path)`")
      }
    }
    try SmallFile.replace(path, with: text, mode: 0o644, isDurable: false)
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
