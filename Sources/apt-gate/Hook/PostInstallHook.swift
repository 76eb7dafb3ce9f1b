import AptSystem
import GateEngine
import GateModel
import Glibc

/// `apt-gate hook post-install`: dpkg is done, and apt waits. It never fails apt.
struct PostInstallHook {
  let settings: HookSettings

  func run() {
    let limit = settings.finishLimit
    let deadline = HookDeadline.start(limit) {
      try? StandardStream.error.write(
        "apt-gate: still at work after \(limit.components.seconds) s; see `apt-gate held`\n")
      NewsDesk(settings.gate).note([.deadlineMissed(by: "post-install", after: limit)])
      return ExitStatus.done.rawValue
    }
    Failpoint.reach(.postInstall)
    let table = ProcessTable()
    let ancestry = table.ancestry(of: getppid())
    let times = StepTimes("post-install")
    var told: [String] = []
    let finisher = TransactionFinisher(settings: settings, deadline: deadline.instant, times: times)
    for record in settings.transactions.records() where ancestry.contains(record.process) {
      told.append(finisher.close(record, table))
    }
    times.ended("finish")
    told.append(finisher.sweep())
    times.ended("sweep")
    tell(told)
    times.write()
  }

  /// apt may run dpkg several times for one hook at the end: what is said twice is told once.
  private func tell(_ texts: [String]) {
    let lines = texts.flatMap { $0.split(separator: "\n") }
    let once = lines.enumerated().filter { !lines[..<$0.offset].contains($0.element) }
    try? StandardStream.error.write(once.map { "\($0.element)\n" }.joined())
  }
}
