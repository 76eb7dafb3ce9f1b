extension GuardStateMachine {
  private enum Flag {
    /// `NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL`, linux/netlink.h.
    static let onlyIfAbsent: UInt16 = 0x605
    /// `NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE`.
    static let replace: UInt16 = 0x505
  }

  /// Asks for objects in the order of dependence; those that others deleted are left out.
  ///
  /// Some may be there all the same, because the kernel drops them without a word: `since` is when that would have been.
  ///
  /// While a fresh snapshot is read nothing is asked for, but noted for then.
  mutating func putBack(_ objects: [GuardedObject], _ time: Int64, since: Int64? = nil) -> GuardAction {
    guard state != .resynchronizing else {
      owed += objects
      return .nothing
    }
    var requests: [GuardRequest] = []
    for object in objects {
      if let request = request(for: object, time, since) { requests.append(request) }
    }
    return requests.isEmpty ? .nothing : .putBack(GuardRequest.arranged(requests))
  }

  /// Nil for what others deleted, and what cannot be asked for.
  private mutating func request(
    for object: GuardedObject, _ time: Int64, _ since: Int64?
  ) -> GuardRequest? {
    let absence = absences[object]
    guard absence?.cause != .left, let ready = index.request(object, elapsed: elapsed(at: time)) else { return nil }
    var flags = ready.flags
    if absence == nil {
      blindly[object] = since ?? time
      flags = object.kind == .nexthop ? Flag.replace : Flag.onlyIfAbsent
    }
    return GuardRequest(object: object, bytes: ready.bytes, flags: flags, order: ready.order)
  }

  /// Seconds since the baseline was taken.
  func elapsed(at time: Int64) -> UInt32 { UInt32(clamping: (time - takenAt) / 1_000_000) }

  /// Several actions as one.
  func combined(_ actions: [GuardAction]) -> GuardAction {
    let requests = actions.flatMap { action -> [GuardRequest] in
      if case .putBack(let requests) = action { requests } else { [] }
    }
    return requests.isEmpty ? .nothing : .putBack(GuardRequest.arranged(requests))
  }

  mutating func record(
    _ kind: GuardEvent.Kind, _ time: Int64, _ object: GuardedObject?, port: UInt32 = 0, process: String? = nil,
    delay: Int64? = nil, reason: String? = nil
  ) {
    events.append(
      GuardEvent(
        kind: kind, time: time, object: object, port: port, process: process, delay: delay, reason: reason))
  }
}
