/// Decides, notification by notification, what of a node's network has to be put back.
///
/// Protected are the routes, rules and nexthops of the baseline, less what the policy expects to come and go. Only what
/// networkd's sockets deleted is put back at once: what others deleted they deleted on purpose, and what the kernel took
/// with an address or link cannot return before that has; it is found by the plan at the end.
///
///     watching --(notifications lost)--> resynchronizing --(fresh snapshot)--> watching
///     watching, resynchronizing --(command ended)--> ended
public struct GuardStateMachine: Sendable {
  private enum State { case watching, resynchronizing, ended }

  private struct Place: Hashable {
    var kind: NetworkObjectKind
    var index: Int
  }

  private let baseline: NetworkSnapshot
  /// The sockets of networkd: its own and those that the service manager made for it.
  private let networkdPorts: Set<UInt32>
  private let expected: ExpectedChurn
  private let names: [UInt32: String]
  private var state = State.watching
  /// By significant form, so that a notification finds its object however it is timed.
  private var places: [[UInt8]: Place] = [:]
  /// When what was asked for again was deleted.
  private var asked: [Place: Int64] = [:]
  public private(set) var events: [GuardEvent] = []

  private static let kinds: [NetworkObjectKind] = [.nexthop, .route, .rule]

  /// Builds the index of the baseline: the only work that grows with it, done before the command starts.
  public init(baseline: NetworkSnapshot, networkdPorts: Set<UInt32>, expected: ExpectedChurn = .none) {
    self.baseline = baseline
    self.networkdPorts = networkdPorts
    self.expected = expected
    names = baseline.interfaceNames
    for kind in Self.kinds { index(kind) }
  }

  private mutating func index(_ kind: NetworkObjectKind) {
    let names = names
    baseline[kind].withMessages { reader in
      for index in 0..<reader.count {
        guard let frame = reader.frame(at: index), !expected.covers(frame, names: names) else { continue }
        places[Self.form(frame)] = Place(kind: kind, index: index)
      }
    }
  }

  /// The significant form without the netlink header: the same for the announcement and the deletion of an object.
  private static func form(_ frame: MessageFrame) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(truncatingIfNeeded: frame.header.type.rawValue & ~3)]
    SignificantForm.append(frame, to: &bytes)
    return bytes
  }

  /// A notification: the bytes of one message. `time` is in microseconds on the monotonic clock.
  ///
  /// Messages that are malformed or about other objects need nothing.
  public mutating func notified(_ message: UnsafeRawBufferPointer, at time: Int64) -> GuardAction {
    guard state != .ended, let frame = try? MessageFrame(message), let place = places[Self.form(frame)] else {
      return .nothing
    }
    return frame.header.type.isDeletion ? deleted(place, frame.header.port, time) : announced(place, time)
  }

  private mutating func deleted(_ place: Place, _ port: UInt32, _ time: Int64) -> GuardAction {
    guard networkdPorts.contains(port) else {
      record(port == 0 ? .takenByKernel : .leftToOthers, time, place, port: port)
      return .nothing
    }
    guard let request = request(place) else { return .nothing }
    asked[place] = time
    record(.putBack, time, place, port: port)
    return .putBack([request])
  }

  private mutating func announced(_ place: Place, _ time: Int64) -> GuardAction {
    if let since = asked.removeValue(forKey: place) { record(.returned, time, place, delay: time - since) }
    return .nothing
  }

  private func request(_ place: Place) -> RoutingMessage? {
    guard let message = try? baseline[place.kind][place.index] else { return nil }
    return RestoreRequest(elapsed: 0).request(for: message)
  }

  /// The kernel dropped notifications (`ENOBUFS`).
  public mutating func overran(at time: Int64) -> GuardAction {
    guard state == .watching else { return .nothing }
    state = .resynchronizing
    record(.overrun, time, nil)
    return .resynchronize
  }

  /// A fresh snapshot after an overrun: what is missing in it is asked for, whoever deleted it, because that is not
  /// known any more.
  public mutating func resynchronized(_ current: NetworkSnapshot, at time: Int64) -> GuardAction {
    guard state == .resynchronizing else { return .nothing }
    state = .watching
    let missing = plan(from: current).steps.filter { Self.kinds.contains($0.kind) }
    for step in missing {
      let place = Place(kind: step.kind, index: step.place)
      asked[place] = time
      record(.foundMissing, time, place)
    }
    return missing.isEmpty ? .nothing : .putBack(missing.map(\.request))
  }

  /// The command ended: what is still missing of everything that was there, less what others deleted on purpose and
  /// what is expected to come and go.
  public mutating func ended(_ current: NetworkSnapshot) -> [RestorePlan.Step] {
    state = .ended
    let others = Set(
      events.filter { $0.kind == .leftToOthers }.compactMap { event in
        event.object.flatMap { kind in event.place.map { Place(kind: kind, index: $0) } }
      })
    return plan(from: current).steps.filter { !others.contains(Place(kind: $0.kind, index: $0.place)) }
  }

  private func plan(from current: NetworkSnapshot) -> RestorePlan {
    RestorePlan(from: current, to: baseline, expected: expected)
  }

  private mutating func record(
    _ kind: GuardEvent.Kind, _ time: Int64, _ place: Place?, port: UInt32 = 0, delay: Int64? = nil
  ) {
    events.append(
      GuardEvent(kind: kind, time: time, object: place?.kind, place: place?.index, port: port, delay: delay))
  }
}
