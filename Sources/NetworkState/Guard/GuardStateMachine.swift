/// Decides, notification by notification, what of a node's network has to be put back.
///
/// Protected are the addresses, routes, rules and nexthops of the baseline, less what the policy expects to come and go.
/// What networkd's sockets deleted is put back at once, and with it what the kernel drops without a word along with an
/// address or a nexthop. What others deleted they deleted on purpose. What the kernel does not take yet, because the
/// address or link that it hangs on is gone, waits for that and is asked for again as soon as it is announced.
///
///     watching --(notifications lost)--> resynchronizing --(fresh snapshot)--> watching
///     watching, resynchronizing --(command ended)--> ended
///
/// (a last snapshot is asked for in the same way before the end) and every protected object for itself:
///
///     present --(networkd deletes it)--> asked --(the kernel makes it, or it is announced)--> present
///     asked --(refused)--> waiting --(what it hangs on is there again)--> asked
///     present --(the kernel deletes it)--> waiting
///     present --(another process deletes it)--> left --(announced)--> present
public struct GuardStateMachine: Sendable {
  enum State { case watching, resynchronizing, ended }

  typealias Absence = GuardAbsences.Absence

  /// How often an object is put back before the guard gives way to who deletes it.
  static let patience = 20

  let index: GuardIndex
  /// When the baseline was taken: lifetimes have run on since.
  let takenAt: Int64
  var state = State.watching
  public internal(set) var owners: [UInt32: PortOwner]
  var absences = GuardAbsences()
  /// How often each object was put back.
  var attempts: [GuardedObject: Int] = [:]
  /// Links whose IPv4 routes may be gone, and since when.
  var suspectLinks: [UInt32: Int64] = [:]
  /// Links whose addresses others took away on purpose, and with them the routes.
  var linksLeft: Set<UInt32> = []
  /// When the reading of the fresh snapshot began, while there is one.
  var readingBegan: Int64 = .max
  /// What would have been asked for since then: the snapshot may be older than its deletion.
  var owed: [GuardedObject] = []
  /// What was asked for although it may be there, and since when it would be gone.
  var blindly: [GuardedObject: Int64] = [:]
  /// Deletions by ports that are not known yet, in order.
  var unattributed: [UInt32: [(object: GuardedObject, time: Int64)]] = [:]
  public internal(set) var events: [GuardEvent] = []

  /// Builds the index of the baseline. `owners` are ports that are known already.
  public init(
    baseline: NetworkSnapshot, owners: [UInt32: PortOwner] = [:], expected: ExpectedChurn = .none, takenAt: Int64 = 0
  ) {
    index = GuardIndex(baseline, expected: expected)
    self.owners = owners
    self.takenAt = takenAt
    events.reserveCapacity(1 << 12)
    attempts.reserveCapacity(1 << 12)
  }

  public var baseline: NetworkSnapshot { index.baseline }

  /// Whether something that networkd deleted is not back, or cannot be yet.
  public var isAtWork: Bool { state == .resynchronizing || absences.all.values.contains { $0.cause == .asked } }

  /// A notification: the bytes of one message. `time` is in microseconds on the monotonic clock.
  ///
  /// Messages that are malformed or about other objects need nothing.
  public mutating func notified(_ message: UnsafeRawBufferPointer, at time: Int64) -> GuardAction {
    guard state != .ended, let frame = try? MessageFrame(message) else { return .nothing }
    let object = index.object(frame)
    guard frame.header.type.isDeletion else { return announced(object, frame, time) }
    if frame.kind == .link { suspect(Link(frame)?.index, time) }
    guard let object else { return .nothing }
    return deleted(object, frame.header.port, time)
  }

  /// Whose port it is; what it deleted is decided on now.
  public mutating func identified(_ port: UInt32, as owner: PortOwner, at time: Int64) -> GuardAction {
    owners[port] = owner
    guard state != .ended, let deletions = unattributed.removeValue(forKey: port) else { return .nothing }
    return combined(deletions.map { deleted($0.object, port, $0.time) })
  }

  /// The port may belong to another process from now on.
  public mutating func forget(_ port: UInt32) { owners[port] = nil }

  /// The kernel's answers to the requests of one action. While some are taken, the refused ones are asked for again,
  /// because they may hang on those; so may others that wait.
  ///
  /// What the kernel says that it has made is there: its announcement need not be notified.
  public mutating func answered(_ answers: [GuardAnswer], at time: Int64) -> GuardAction {
    guard state != .ended else { return .nothing }
    var wanted = Dependents()
    var refused: [GuardedObject] = []
    var isAnyMade = false
    for answer in answers {
      take(answer)
      switch answer.errno {
      case 0:
        isAnyMade = true
        wanted.add(dependents(of: answer.object))
      case Self.exists: continue
      default: refused.append(answer.object)
      }
    }
    guard isAnyMade else { return .nothing }
    // What was made together with what it hangs on is there.
    wanted.objects.removeAll { object in answers.contains { $0.object == object && $0.errno == 0 } }
    return putBack(wanted.objects + refused, time, since: wanted.since)
  }

  /// The kernel dropped notifications (`ENOBUFS`).
  public mutating func overran(at time: Int64) -> GuardAction {
    guard state == .watching else { return .nothing }
    record(.overrun, time, nil)
    return lookAgain()
  }

  /// `EEXIST`.
  private static let exists: Int32 = 17

  private mutating func take(_ answer: GuardAnswer) {
    let object = answer.object
    let blindly = blindly.isEmpty ? nil : blindly.removeValue(forKey: object)
    let since = absences[object]?.since ?? blindly ?? answer.time
    switch answer.errno {
    case 0:
      if absences[object] == nil {
        record(.takenSilently, since, object)
        absences[object] = Absence(cause: .asked, since: since)
      }
      returned(object, answer.time)
    case Self.exists: returned(object, answer.time)
    default:
      if absences[object]?.cause != .waiting { record(.refused, answer.time, object, reason: answer.reason) }
      absences[object] = Absence(cause: .waiting, since: since)
    }
  }
}
