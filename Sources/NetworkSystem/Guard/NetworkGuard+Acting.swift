internal import CNetlink
import Glibc
internal import NetworkState

extension NetworkGuard {
  /// Takes all that waits and does what the machine wants, one after the other.
  func actOnArrivals() throws(NetworkSystemError) {
    dropOldBeliefs()
    let extent = try notifications.take()
    try actOnTaken()
    guard extent == .lossy || isBehind else { return }
    isBehind = false
    try carryOut(machine.overran(at: MonotonicTime.now))
  }

  func actOnTaken() throws(NetworkSystemError) {
    for arrival in notifications.arrivals {
      try forEachMessage(notifications.bytes(of: arrival)) { message throws(NetworkSystemError) in
        try carryOut(machine.notified(message, at: arrival.time))
      }
      settling?.active(at: arrival.time)
    }
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
        var answers: [GuardAnswer] = []
        answers.reserveCapacity(requests.count)
        for request in requests { answers.append(try ask(for: request)) }
        action = machine.answered(answers, at: MonotonicTime.now)
      case .resynchronize:
        action = machine.resynchronized(try freshSnapshot(), at: MonotonicTime.now)
      }
    }
  }

  private func ask(for request: GuardRequest) throws(NetworkSystemError) -> GuardAnswer {
    let answer = try requests.request(request.message, by: .after(Self.answerLimit))
    return GuardAnswer(
      request.object, errno: answer.errno, at: MonotonicTime.now,
      reason: answer.errno == 0 ? nil : answer.message ?? String(cString: strerror(answer.errno)))
  }

  /// Waits until networkd is done.
  func settle() throws(NetworkSystemError) -> Bool {
    look()
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
