import Glibc
internal import NetworkState

/// How the guard asks the kernel: a few requests in one datagram, and one acknowledgement for all that it carried out.
extension NetworkGuard {
  /// How many objects are asked for together. More take the kernel so long that notifications wait; fewer cost a call of
  /// the system and an acknowledgement each.
  static let together = 8
  /// A socket's send buffer holds more (`net.core.wmem_default` is 208 KiB).
  static let datagramLimit = 32 << 10
  /// `NLM_F_ACK`, linux/netlink.h.
  private static let acknowledge: UInt16 = 4

  /// Asks for all in one datagram, in the order given, and returns the kernel's answers in that order.
  ///
  /// The kernel carries them out in order and says of each that it refuses that it does: when it has acknowledged the last,
  /// it has made all the others.
  func ask(for wanted: [GuardRequest]) throws(NetworkSystemError) -> [GuardAnswer] {
    datagram.removeAll(keepingCapacity: true)
    var last: UInt32 = 0
    for (place, request) in wanted.enumerated() {
      last = requests.nextSequence()
      append(request, last, isAcknowledged: place == wanted.count - 1)
    }
    try requests.send(datagram)
    let refusals = try refusals(upTo: last)
    let now = MonotonicTime.now
    return wanted.enumerated().map { place, request in
      let refusal = refusals.isEmpty ? nil : refusals[last &- UInt32(wanted.count - 1 - place)]
      return GuardAnswer(
        request.object, errno: refusal?.errno ?? 0, at: now,
        reason: refusal.map { $0.message ?? String(cString: strerror($0.errno)) })
    }
  }

  private func append(_ request: GuardRequest, _ sequence: UInt32, isAcknowledged: Bool) {
    let start = datagram.count
    datagram += request.bytes
    let flags = isAcknowledged ? request.flags | Self.acknowledge : request.flags & ~Self.acknowledge
    datagram.withUnsafeMutableBytes { bytes in
      bytes.storeBytes(of: flags, toByteOffset: start + 6, as: UInt16.self)
      bytes.storeBytes(of: sequence, toByteOffset: start + 8, as: UInt32.self)
    }
  }

  /// What the kernel says until it answers the request with this sequence number, less what it carried out.
  private func refusals(upTo last: UInt32) throws(NetworkSystemError) -> [UInt32: NetlinkAcknowledgement] {
    let deadline = Deadline.after(Self.answerLimit)
    var refusals: [UInt32: NetlinkAcknowledgement] = [:]
    var isAnswered = false
    while !isAnswered {
      try requests.receive(by: deadline) { datagram in
        NetlinkAcknowledgement.forEach(in: datagram) { sequence, answer in
          if answer.errno != 0 { refusals[sequence] = answer }
          if sequence == last { isAnswered = true }
        }
      }
    }
    return refusals
  }
}
