import GateEngine
import GateModel
import LedgerLog

@testable import apt_gate

extension SyncReport {
  /// One hold by a rule and one that moves with it; a pin that went; a problem.
  static let sample = SyncReport(
    mode: .enforce, isDryRun: false,
    plan: HoldPlan(checked: SampleReport.mixed.changes, holds: holds, warnings: ["apt said something"]), holds: holds,
    before: [Pin(source: "old", version: PackageVersion("1"))], waiting: ["linux: no coordinator"],
    problems: [SyncProblem(step: .record, message: "the disk is full")])

  private static let holds = [
    Hold(
      source: "systemd", versions: [PackageVersion("252.39-1~deb12u2")], verdict: .hold,
      decidedBy: ["networkd-restart"],
      message: "restarts networkd", clearsWhen: "approved", since: Timestamp(secondsSinceEpoch: 0)),
    Hold(source: "app", versions: [PackageVersion("2")], verdict: .allow, heldBy: ["systemd"]),
  ]
}

extension RecordedRestart {
  static let sample = RecordedRestart(
    unit: "systemd-networkd.service", since: Timestamp(secondsSinceEpoch: 0), sources: ["systemd"])
}

extension ApprovalResult {
  static let sample = ApprovalResult(
    isApproval: true, person: LedgerActor(name: "jane", uid: 1000, basis: .sudo),
    targets: [Pin(source: "systemd", version: PackageVersion("252.39-1~deb12u2"))],
    expires: Timestamp(secondsSinceEpoch: 0), missing: 1, report: .sample)
}
