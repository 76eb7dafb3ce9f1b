internal import CNetlink
import Glibc
public import NetworkState

/// The guard: watches the kernel's notifications while something works, and does what ``GuardStateMachine`` decides.
///
/// It is subscribed from the start, so that nothing between the baseline and the work is missed. One thread; no call of
/// it waits for anything but the kernel.
public final class NetworkGuard {
  /// How long one request may take. The kernel answers before `sendto` returns; more means that it is stuck.
  static let answerLimit = Duration.seconds(5)

  let settings: GuardSettings
  let notifications: NotificationSocket
  let requests: NetlinkSocket
  let resolver: PortResolver
  var machine = GuardStateMachine(baseline: NetworkSnapshot())
  private var notes: [String] = []
  private var started: Int64 = 0
  /// When networkd's processes were last others than before, on the real-time clock; nil if never.
  var networkdChanged: Int64?
  var settling: GuardSettling?
  /// Whether notifications were lost while the network was read.
  var isBehind = false
  /// Of the other processes' ports, which are reused: until when they are believed.
  private var beliefs: [UInt32: Int64] = [:]
  var refusals: [SnapshotRestorer.Refusal] = []
  /// What is to be asked for next.
  var wanted = GuardQueue()
  /// The requests that are being sent; kept, so that its memory is.
  var datagram: [UInt8] = []
  /// When something was last asked for, which networkd had deleted; microseconds.
  var lastRequest: Int64 = 0

  /// Subscribes. Throws `noNamespace`, `notPermitted` or `kernel`.
  public init(_ settings: GuardSettings) throws(NetworkSystemError) {
    self.settings = settings
    requests = try NetlinkSocket(namespace: settings.namespace)
    notifications = try NotificationSocket(
      namespace: settings.namespace, receiveBytes: settings.receiveBytes, without: requests.port)
    resolver = try PortResolver(namespace: settings.namespace, networkd: settings.networkd)
  }

  /// Takes the baseline: the network as it is. With `earlier`, a snapshot from before, that is the baseline; what is
  /// missing of it already went before the guard was there, so that nobody knows who took it, and is not put back.
  public func takeBaseline(earlier: NetworkSnapshot? = nil) throws(NetworkSystemError) {
    try checkPermission()
    let current = try read()
    started = MonotonicTime.now
    machine = GuardStateMachine(
      baseline: earlier ?? current, expected: settings.expected, takenAt: started)
    if earlier != nil { machine.accept(current, at: started) }
    learnPorts()
    try rehearse()
  }

  /// Goes once through what may have to be done, so that nothing is done for the first time when it matters: by a copy of
  /// the machine, with requests that change nothing.
  private func rehearse() throws(NetworkSystemError) {
    _ = try notifications.take()
    var queue = GuardQueue()
    queue.add(machine.rehearsed())
    _ = queue.next(Self.together, limit: Self.datagramLimit)
    if let probe = try? GuardRequest(trying: PermissionProbe.message) { _ = try ask(for: [probe, probe]) }
    _ = resolver.owner(of: requests.port)
  }

  /// Locks memory and raises the priority, where that is allowed and wanted. Processes started before are not affected.
  public func hurry() {
    if settings.isUrgent { notes = RealTimeConditions.enter() }
  }

  /// Watches until the work has ended and networkd is done with what it was made to do; then restores what is missing.
  public func watch(_ work: some GuardedWork) throws(NetworkSystemError) -> GuardReport {
    while try !work.hasEnded() { try turn(waitingFor: work.descriptors) }
    let workEnded = MonotonicTime.now
    let isSettled = try settle()
    return try finish(workEnded: workEnded, isSettled: isSettled)
  }

  private func checkPermission() throws(NetworkSystemError) {
    let answer = try requests.request(PermissionProbe.message, by: .after(Self.answerLimit))
    if answer.errno == EPERM {
      throw NetworkSystemError(.notPermitted, "the kernel does not let this process change the network; run as root")
    }
  }

  func read() throws(NetworkSystemError) -> NetworkSnapshot {
    try SnapshotReader(namespace: settings.namespace).read(by: .after(settings.readLimit)).snapshot
  }

  /// Waits for notifications, the work or a while, and acts on what arrived.
  func turn(waitingFor others: [Int32], milliseconds: Int32 = 50) throws(NetworkSystemError) {
    let descriptors = [notifications.descriptor] + others
    var ready = [UInt8](repeating: 0, count: descriptors.count)
    let isLate = isBehind || !notifications.arrivals.isEmpty
    let result = cgd_wait(descriptors, &ready, Int32(descriptors.count), isLate ? 0 : milliseconds)
    if result < 0 { throw .system(Int(result), "cannot wait for the kernel's notifications") }
    if ready[0] != 0 || isLate { try actOnArrivals() } else { try look() }
  }

  /// Is networkd another process than before?
  ///
  /// All that a process deleted was announced before it went: it is acted on while its ports are known to be networkd's.
  func look() throws(NetworkSystemError) {
    guard resolver.processesChanged() else { return }
    networkdChanged = Int64(time(nil)) - Self.noticeLimit
    settling?.active(at: MonotonicTime.now)
    if try !noteWhatWaits() { isBehind = true }
    learnPorts()
  }

  private func learnPorts() {
    _ = resolver.processesChanged()
    for (port, owner) in machine.owners where owner == .networkd { machine.forget(port) }
    for port in resolver.networkdPorts() {
      beliefs[port] = nil
      _ = machine.identified(port, as: .networkd, at: MonotonicTime.now)
    }
  }

  /// Within how many seconds it is noticed that networkd is another process; its first files may be so much older.
  private static let noticeLimit: Int64 = 1

  /// Another process's port is believed for so long; it may be networkd's next time. Microseconds.
  private static let belief: Int64 = 100_000

  func owner(of port: UInt32) -> PortOwner {
    let owner = resolver.owner(of: port)
    beliefs[port] = owner == .networkd ? nil : MonotonicTime.now + Self.belief
    return owner
  }

  func dropOldBeliefs() {
    guard !beliefs.isEmpty else { return }
    let now = MonotonicTime.now
    for (port, limit) in beliefs where limit <= now {
      machine.forget(port)
      beliefs[port] = nil
    }
  }

  func report(
    workEnded: Int64, isSettled: Bool, restoredCount: Int, missing: [GuardedObject], final: NetworkSnapshot
  ) -> GuardReport {
    GuardReport(
      baseline: machine.baseline, final: final, events: machine.events, started: started, workEnded: workEnded,
      ended: MonotonicTime.now, restoredCount: restoredCount, refusals: refusals, missing: missing,
      drift: machine.drift(to: final), notes: notes, isSettled: isSettled)
  }
}
