import GateEngine
import GateModel
import NetworkSystem
import SystemdSystem

/// `apt-gate hook restart-guard`: the process that restarts a unit, watches the network meanwhile, and records what came
/// of it, whatever becomes of the command that asked for it.
struct RestartGuard {
  let settings: HookSettings
  let id: String

  /// How long systemd may take to restart the unit. Source: systemd-system.conf(5), DefaultTimeoutStartSec=, 90 s, and
  /// as much again to stop it.
  private static let jobLimit = Duration.seconds(180)
  private static let finishLimit = Duration.seconds(60)

  func run() throws {
    DetachedProcess.closeInherited()
    guard let claim = try settings.transactions.claim(id), let record = settings.transactions.record(id),
      let unit = record.restart
    else { throw CommandFailure(message: "there is no restart `\(id)` to watch over") }
    var guardSettings = GuardSettings()
    guardSettings.expected = settings.churn
    let networkGuard = try NetworkGuard(guardSettings)
    try networkGuard.takeBaseline()
    let work = try UnitJob(unit: unit.name, limit: Self.jobLimit)
    try StandardStream.output.write("ready\n")
    DetachedProcess.silence()
    try withExtendedLifetime(claim) {
      Failpoint.reach(.restartJob)
      try work.start()
      networkGuard.hurry()
      let report = Result { try networkGuard.watch(work) }
      Failpoint.reach(.restartFinish)
      try finish(record, work.problem, report)
    }
  }

  private func finish(_ record: TransactionRecord, _ problem: String?, _ report: Result<GuardReport, any Error>) throws
  {
    let finisher = RestartFinisher(settings: settings, deadline: .now + Self.finishLimit)
    switch report {
    case .success(let report):
      try finisher.finish(
        record, network: GuardedNetwork(report: report), isRestarted: problem == nil, message: problem)
    case .failure(let error):
      finisher.finish(record, problem: "the network could not be watched: \(error)")
    }
  }
}
