internal import NetworkState

/// How the guard reads the network again after notifications were lost.
extension NetworkGuard {
  /// The network now, with the notifications before and after noted: who deleted what is only in them.
  ///
  /// If more are lost meanwhile the guard is behind, and reads again in its next turn: first it puts back what it found,
  /// so that it gets on in a storm without end.
  func freshSnapshot() throws(NetworkSystemError) -> NetworkSnapshot {
    _ = try noteWhatWaits()
    machine.readingBegins(at: MonotonicTime.now)
    let snapshot = try read()
    isBehind = false
    if try !noteWhatWaits() { isBehind = true }
    return snapshot
  }

  /// Acts on notifications until none waits. False if some were lost, or more came than fit into the kernel's queue.
  ///
  /// The queue must have been empty once: the kernel says that it drops notifications (`ENOBUFS`) only once until then
  /// (`netlink_overrun` and `netlink_rcv_wake` in net/netlink/af_netlink.c).
  func noteWhatWaits() throws(NetworkSystemError) -> Bool {
    var isWhole = true
    for _ in 0..<notifications.fullQueue {
      let extent = try notifications.take()
      try actOnTaken()
      if extent == .lossy { isWhole = false }
      if extent == .all { return isWhole }
    }
    return false
  }
}
