internal import CNetlink
import Glibc
internal import NetworkState

extension NetworkGuard {
  /// How long it goes on looking without sleeping after it has asked for something, and how long at most before others
  /// are looked after; microseconds. networkd deletes one object after the other, and waking up takes longer than that.
  private static let alert: Int64 = 1000
  private static let longestAlert: Int64 = 20_000
  /// With one processor networkd would wait for the guard to sleep.
  private static let mayStayAwake = sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1

  /// Takes what waits and does what the machine wants.
  func actOnArrivals() throws(NetworkSystemError) {
    dropOldBeliefs()
    let start = MonotonicTime.now
    var now = start
    repeat {
      if try notifications.take() == .lossy { isBehind = true }
      try actOnTaken()
      if isBehind {
        isBehind = false
        try carryOut(machine.overran(at: MonotonicTime.now))
        try actOnTaken()
        return
      }
      now = MonotonicTime.now
    } while Self.mayStayAwake && now - lastRequest < Self.alert && now - start < Self.longestAlert
  }

  /// How many notifications are looked at before something is asked for: that takes a tenth of the time of asking, and an
  /// address among them is asked for before its routes.
  private static let notedTogether = 64

  /// Acts on what was taken, and on what is taken meanwhile, until nothing is left to ask for.
  func actOnTaken() throws(NetworkSystemError) {
    var next = 0
    repeat {
      let end = min(notifications.arrivals.count, next + Self.notedTogether)
      while next < end {
        let arrival = notifications.arrivals[next]
        next += 1
        try forEachMessage(notifications.bytes(of: arrival)) { message throws(NetworkSystemError) in
          try carryOut(machine.notified(message, at: arrival.time))
        }
        settling?.active(at: arrival.time)
      }
      try askForNext()
    } while next < notifications.arrivals.count || !wanted.isEmpty
    notifications.clear()
  }

  /// Asks for what is to be asked for first, as much as goes into one datagram, and takes what arrived meanwhile, so that
  /// its times are true.
  private func askForNext() throws(NetworkSystemError) {
    let requests = wanted.next(Self.together, limit: Self.datagramLimit)
    guard !requests.isEmpty else { return }
    let answers = try ask(for: requests)
    lastRequest = MonotonicTime.now
    if try notifications.take() == .lossy { isBehind = true }
    try carryOut(machine.answered(answers, at: lastRequest))
  }

  private func forEachMessage(
    _ datagram: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws(NetworkSystemError) -> Void
  ) throws(NetworkSystemError) {
    var offset = 0
    while let header = NetlinkHeader(datagram, at: offset), header.length >= 16,
      offset + Int(header.length) <= datagram.count
    {
      try body(UnsafeRawBufferPointer(rebasing: datagram[offset..<offset + Int(header.length)]))
      offset += (Int(header.length) + 3) & ~3
    }
  }

  /// Does what the machine wants, and what it wants after that; what it asks for is asked for by ``actOnTaken()``.
  func carryOut(_ first: GuardAction) throws(NetworkSystemError) {
    var action = first
    while true {
      switch action {
      case .nothing: return
      case .identify(let port):
        action = machine.identified(port, as: owner(of: port), at: MonotonicTime.now)
      case .putBack(let requests):
        wanted.add(requests)
        return
      case .resynchronize:
        action = machine.resynchronized(try freshSnapshot(), at: MonotonicTime.now)
      }
    }
  }

  /// Waits until networkd is done.
  func settle() throws(NetworkSystemError) -> Bool {
    try look()
    let isUntouched = networkdChanged == nil
    settling = GuardSettling(
      at: MonotonicTime.now, limit: Int64(settings.settle / .microseconds(1)),
      calm: isUntouched ? Int64(settings.calm / .microseconds(1)) : GuardSettling.standardCalm)
    while let settling, !settling.isSettled(at: MonotonicTime.now, isConfigured: isConfigured) {
      try turn(waitingFor: [], milliseconds: 20)
    }
    settling = nil
    return isConfigured && !machine.isAtWork
  }

  private var isConfigured: Bool {
    settings.networkd != .unit || NetworkdLinkStates().areFinal(since: networkdChanged)
  }

  /// Compares with the baseline, restores what is missing, and looks again.
  func finish(workEnded: Int64, isSettled: Bool) throws(NetworkSystemError) -> GuardReport {
    _ = machine.lookAgain()
    var current = try freshSnapshot()
    let steps = machine.ended(current, at: MonotonicTime.now)
    var restoredCount = 0
    if !steps.isEmpty {
      let restored = try SnapshotRestorer(namespace: settings.namespace)
        .restore(RestorePlan(steps: steps), by: .after(settings.readLimit))
      restoredCount = restored.restoredCount
      refusals = restored.refusals
      current = try read()
    }
    let missing = machine.concluded(current, restored: steps, at: MonotonicTime.now)
    return report(
      workEnded: workEnded, isSettled: isSettled, restoredCount: restoredCount, missing: missing, final: current)
  }
}
