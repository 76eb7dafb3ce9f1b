import AptSystem
import GateConfiguration
import GateEngine
import GateModel
import Glibc
import NetworkSystem

/// `apt-gate hook guard`: the process that outlives the hook, watches the network and apt, and finishes the transaction.
struct GuardRun {
  let settings: HookSettings
  let id: String

  /// The end of the job may take so long once dpkg is done: nobody waits for it but `post-install`, which has a limit.
  private static let finishLimit = Duration.seconds(120)

  private static let shieldedCalm = Duration.milliseconds(50)

  func run() throws {
    DetachedProcess.closeInherited()
    guard let claim = try settings.transactions.claim(id), let record = settings.transactions.record(id) else {
      throw CommandFailure(message: "there is no transaction `\(id)` to watch over")
    }
    let apt = try AptWork(process: record.process, lock: try dpkgLock())
    var guardSettings = GuardSettings()
    guardSettings.expected = settings.churn
    // A restart that was refused is not still to come.
    if !record.shielded.isEmpty { guardSettings.calm = Self.shieldedCalm }
    let networkGuard = try NetworkGuard(guardSettings)
    try networkGuard.takeBaseline()
    networkGuard.hurry()
    try StandardStream.output.write("ready\n")
    DetachedProcess.silence()
    let probes = ProbeRun(settings.gate.probes)
    probes.before()
    Failpoint.reach(.guardWatch)
    let report = Result { try networkGuard.watch(apt) }
    try withExtendedLifetime(claim) { try finish(report, apt, probes) }
  }

  private func finish(_ report: Result<GuardReport, any Error>, _ apt: AptWork, _ probes: ProbeRun) throws {
    Failpoint.reach(.guardFinish)
    guard let record = settings.transactions.record(id) else { return }
    let finisher = TransactionFinisher(settings: settings, deadline: .now + Self.finishLimit)
    let network = try? GuardedNetwork(report: report.get())
    let text = finisher.finish(record, apt.wasAsked ? .finished : .interrupted, network: network, probes: probes)
    if apt.wasAsked { try settings.transactions.leave(text, for: id) }
  }

  private func dpkgLock() throws -> DpkgLock {
    let status = try AptCollector().nodePaths().dpkg
    return DpkgLock(folder: status)
  }
}

/// apt, and the dpkg that may outlive it: ended once both are gone, or once the hook `post-install` asks.
final class AptWork: GuardedWork {
  private let process: ProcessIdentity
  private let lock: DpkgLock
  private var watched: WatchedProcess
  private var isDpkg = false
  /// Whether the end was asked for: apt is well.
  private(set) var wasAsked = false

  init(process: ProcessIdentity, lock: DpkgLock) throws {
    self.process = process
    self.lock = lock
    watched = try WatchedProcess(process.pid)
  }

  var descriptors: [Int32] { watched.descriptors }

  func hasEnded() throws(NetworkSystemError) -> Bool {
    guard watched.hasEnded() else { return false }
    if ProcessTable().isRunning(process) {
      wasAsked = true
      return true
    }
    // A dpkg that goes on without apt still runs maintainer scripts.
    guard let holder = lock.holder, let dpkg = try? WatchedProcess(holder) else { return true }
    watched = dpkg
    return false
  }
}
