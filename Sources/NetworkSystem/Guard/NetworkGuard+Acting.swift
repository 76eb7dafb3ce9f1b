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
        return
      }
      now = MonotonicTime.now
    } while Self.mayStayAwake && now - lastRequest < Self.alert && now - start < Self.longestAlert
  }

  /// How many requests are gathered before they are made. An address that networkd deleted after its routes is asked for
  /// before them so, and they are not refused.
  private static let mostWanted = 48

  /// Acts on what was taken, and on what is taken meanwhile.
  func actOnTaken() throws(NetworkSystemError) {
    var next = 0
    while next < notifications.arrivals.count {
      let arrival = notifications.arrivals[next]
      next += 1
      try forEachMessage(notifications.bytes(of: arrival)) { message throws(NetworkSystemError) in
        try gather(machine.notified(message, at: arrival.time))
      }
      settling?.active(at: arrival.time)
      if next == notifications.arrivals.count || wanted.count >= Self.mostWanted { try askForWanted() }
    }
    notifications.clear()
  }

  /// Puts requests beside those of the notifications before, and does all else at once.
  private func gather(_ action: GuardAction) throws(NetworkSystemError) {
    switch action {
    case .nothing: return
    case .putBack(let requests): wanted += requests
    case .identify, .resynchronize:
      try askForWanted()
      try carryOut(action)
    }
  }

  private func askForWanted() throws(NetworkSystemError) {
    guard !wanted.isEmpty else { return }
    var requests: [GuardRequest] = []
    swap(&requests, &wanted)
    try carryOut(.putBack(GuardRequest.arranged(requests)))
    wanted = consume requests
    wanted.removeAll(keepingCapacity: true)
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

  /// Does what the machine wants, and what it wants after that.
  func carryOut(_ first: GuardAction) throws(NetworkSystemError) {
    var action = first
    while true {
      switch action {
      case .nothing: return
      case .identify(let port):
        action = machine.identified(port, as: owner(of: port), at: MonotonicTime.now)
      case .putBack(let requests):
        let answers = try ask(for: requests)
        lastRequest = MonotonicTime.now
        action = machine.answered(answers, at: lastRequest)
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
