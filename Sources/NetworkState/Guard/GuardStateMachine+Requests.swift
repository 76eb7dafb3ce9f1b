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
    if objects.count == 1 { return request(for: objects[0], time, since).map { .putBack([$0.request]) } ?? .nothing }
    var seen: Set<GuardedObject> = []
    var requests: [(order: RestorePlan.Order, request: GuardRequest)] = []
    for object in objects where seen.insert(object).inserted {
      if let request = request(for: object, time, since) { requests.append(request) }
    }
    guard !requests.isEmpty else { return .nothing }
    return .putBack(
      requests.enumerated().sorted { left, right in
        (left.element.order.rawValue, left.offset) < (right.element.order.rawValue, right.offset)
      }.map(\.element.request))
  }

  /// Nil for what others deleted, and what cannot be asked for.
  private mutating func request(
    for object: GuardedObject, _ time: Int64, _ since: Int64?
  ) -> (order: RestorePlan.Order, request: GuardRequest)? {
    let absence = absences[object]
    guard absence?.cause != .left, let ready = index.request(object, elapsed: elapsed(at: time)) else { return nil }
    var flags = ready.flags
    if absence == nil {
      blindly[object] = since ?? time
      flags = object.kind == .nexthop ? Flag.replace : Flag.onlyIfAbsent
    }
    return (ready.order, GuardRequest(object: object, bytes: ready.bytes, flags: flags))
  }

  /// Seconds since the baseline was taken.
  func elapsed(at time: Int64) -> UInt32 { UInt32(clamping: (time - takenAt) / 1_000_000) }

  /// Several actions as one.
  func combined(_ actions: [GuardAction]) -> GuardAction {
    let requests = actions.flatMap { action -> [GuardRequest] in
      if case .putBack(let requests) = action { requests } else { [] }
    }
    return requests.isEmpty ? .nothing : .putBack(requests)
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
