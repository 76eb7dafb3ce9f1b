import GateModel

@testable import apt_gate

extension RestartReport {
  private static let networkd = RestartReport(unit: "systemd-networkd.service", sources: ["systemd"])

  /// A restart that took something away which is there again.
  static var done: RestartReport {
    var report = networkd
    (report.lost, report.restored) = (7, 7)
    return report
  }

  /// A restart that the policies do not let now.
  static var held: RestartReport {
    var report = networkd
    report.outcome = .held
    report.decisions = [
      Decision(
        verdict: .defer, decidedBy: ["working-hours"], message: "restarts wait for the night",
        clearsWhen: "at 22:00, when window `day` closes")
    ]
    return report
  }
}
