import AptSystem
import GateModel
import Glibc

extension DoctorCheck {
  /// Whether unattended-upgrades is there, runs, and reads the configuration that has the hooks.
  static var unattended: DoctorCheck {
    DoctorCheck(name: "unattended", fine: "unattended-upgrades runs, and reads apt's configuration as apt does") {
      node in
      guard access(node.path("/usr/bin/unattended-upgrade"), X_OK) == 0 else {
        return [
          DoctorFinding(
            .note, "unattended-upgrades is not installed", why: "updates come only when a person or another tool asks",
            remedy: "`apt-get install unattended-upgrades`, if updates should come by themselves")
        ]
      }
      return try periodicFindings(node) + timerFindings(node) + environmentFindings(node)
    }
  }

  /// Source: apt.systemd.daily(8) of apt 2.6: `APT::Periodic::Enable` and `APT::Periodic::Unattended-Upgrade`.
  private static func periodicFindings(_ node: DoctorNode) throws -> [DoctorFinding] {
    let enabled = try node.collector.configured("APT::Periodic::Enable").last ?? "1"
    let interval = try node.collector.configured("APT::Periodic::Unattended-Upgrade").last ?? "0"
    guard enabled == "0" || interval == "0" else { return [] }
    return [
      DoctorFinding(
        .note, "unattended-upgrades is installed and switched off in apt's configuration",
        why: "security updates wait for a person",
        remedy: "`APT::Periodic::Unattended-Upgrade \"1\";` in /etc/apt/apt.conf.d/20auto-upgrades switches it on")
    ]
  }

  private static func timerFindings(_ node: DoctorNode) throws -> [DoctorFinding] {
    let timers = ["apt-daily.timer", "apt-daily-upgrade.timer"]
    let stopped = try timers.filter { name in
      guard let unit = try node.unit(name) else { return false }
      return unit.activeState != "active"
    }
    guard !stopped.isEmpty else { return [] }
    return [
      DoctorFinding(
        .note, "\(stopped.joined(separator: " and ")) \(stopped.count == 1 ? "is" : "are") not running",
        why: "neither package lists nor updates come by themselves",
        remedy: "`systemctl enable --now \(stopped.joined(separator: " "))`")
    ]
  }

  private static let folders = [
    "/usr/lib/systemd/system", "/lib/systemd/system", "/etc/systemd/system", "/run/systemd/system",
  ]

  /// A unit that sets `APT_CONFIG` makes python-apt read other files than the apt of a shell.
  private static func environmentFindings(_ node: DoctorNode) -> [DoctorFinding] {
    let unit = "apt-daily-upgrade.service"
    let files = folders.flatMap { folder in
      ["\(folder)/\(unit)"]
        + TextFile.names(in: node.path("\(folder)/\(unit).d")).sorted().map { "\(folder)/\(unit).d/\($0)" }
    }
    let setting = files.first { file in
      (TextFile.contents(of: node.path(file)) ?? "").split(separator: "\n")
        .contains { $0.hasPrefix("Environment") && $0.contains("APT_CONFIG") }
    }
    guard let setting else { return [] }
    return [
      DoctorFinding(
        .risk, "`\(setting)` sets APT_CONFIG for unattended-upgrades",
        why: "it may read another configuration than apt does, one without the hooks",
        remedy: "put what that file says into /etc/apt/apt.conf.d, and take the setting out")
    ]
  }
}
