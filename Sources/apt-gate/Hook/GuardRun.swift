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
    var lowering: ShieldLowering?
    let times = StepTimes("guard", isWhole: false)
    let apt = try AptWork(process: record.process, lock: record.dpkg.map(DpkgLock.init)) {
      times.begin()
      lowering = self.lowering()
    }
    var guardSettings = GuardSettings()
    guardSettings.expected = settings.churn
    // A restart that was refused is not still to come.
    if !record.shielded.isEmpty { guardSettings.calm = Self.shieldedCalm }
    let networkGuard = try NetworkGuard(guardSettings)
    try networkGuard.takeBaseline()
    try StandardStream.output.write("ready\n")
    DetachedProcess.silence()
    // apt does not wait for it: the network is watched already, and dpkg unpacks first.
    networkGuard.hurry()
    let probes = ProbeRun(settings.gate.probes)
    probes.before()
    Failpoint.reach(.guardWatch)
    let report = Result { try networkGuard.watch(apt) }
    times.ended("settle")
    try withExtendedLifetime(claim) {
      Failpoint.reach(.guardFinish)
      guard let record = settings.transactions.record(id) else { return }
      let finisher = TransactionFinisher(settings: settings, deadline: .now + Self.finishLimit, times: times)
      let text = finisher.finish(
        record, apt.wasAsked ? .finished : .interrupted, network: try? GuardedNetwork(report: report.get()),
        probes: probes, lowering: lowering)
      times.write()
      if apt.wasAsked { try settings.transactions.leave(text, for: id) }
    }
  }

  /// Lowers what was shielded, as soon as dpkg has ended; nil if nothing was, or the hook does so itself.
  private func lowering() -> ShieldLowering? {
    guard let record = settings.transactions.record(id), record.phase != .withdrawn, !record.units.isEmpty else {
      return nil
    }
    return ShieldLowering(record, by: .now + Self.finishLimit)
  }
}

/// apt, and the dpkg that may outlive it: ended once both are gone, or once the hook `post-install` asks.
final class AptWork: GuardedWork {
  private let process: ProcessIdentity
  private let lock: DpkgLock?
  private let ended: () -> Void
  private var watched: WatchedProcess
  private var isDpkg = false
  /// Whether the end was asked for: apt is well.
  private(set) var wasAsked = false

  /// `ended` is called once, at the end.
  init(process: ProcessIdentity, lock: DpkgLock?, ended: @escaping () -> Void) throws {
    self.process = process
    self.lock = lock
    self.ended = ended
    watched = try WatchedProcess(process.pid)
  }

  var descriptors: [Int32] { watched.descriptors }

  func hasEnded() throws(NetworkSystemError) -> Bool {
    guard watched.hasEnded() else { return false }
    wasAsked = ProcessTable().isRunning(process)
    // A dpkg that goes on without apt still runs maintainer scripts.
    if !wasAsked, let holder = lock?.holder, let dpkg = try? WatchedProcess(holder) {
      watched = dpkg
      return false
    }
    ended()
    return true
  }
}
