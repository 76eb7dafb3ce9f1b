/// What the guard wants done; the shell around it does it and nothing else.
public enum GuardAction: Sendable, Hashable {
  case nothing
  /// Find out whose socket this port is, and tell it by ``GuardStateMachine/identified(_:as:at:)``.
  case identify(port: UInt32)
  /// Send these requests to the kernel at once, in this order, and tell how it answered by
  /// ``GuardStateMachine/answered(_:at:)``.
  case putBack([GuardRequest])
  /// Notifications were lost: read a fresh snapshot and hand it to ``GuardStateMachine/resynchronized(_:at:)``.
  case resynchronize
}

/// An object of the baseline: where its message is.
public struct GuardedObject: Sendable, Hashable {
  /// Kind and place in one number, because objects are looked up several times for each notification.
  private let number: UInt

  public init(_ kind: NetworkObjectKind, _ place: Int) { number = UInt(place) << 3 | Self.ordinal(kind) }

  public var kind: NetworkObjectKind {
    switch number & 7 {
    case 0: .link
    case 1: .address
    case 2: .nexthop
    case 3: .route
    case 4: .rule
    default: .neighbour
    }
  }

  /// The place in the baseline's table of that kind.
  public var place: Int { Int(number >> 3) }

  private static func ordinal(_ kind: NetworkObjectKind) -> UInt {
    switch kind {
    case .link: 0
    case .address: 1
    case .nexthop: 2
    case .route: 3
    case .rule: 4
    case .neighbour: 5
    }
  }
}

/// A request that makes an object of the baseline again.
public struct GuardRequest: Sendable, Hashable {
  public var object: GuardedObject
  /// The message as the kernel takes it, but for its flags and sequence number. Padded to a multiple of four.
  public var bytes: [UInt8]
  /// `NLM_F_...`, which depend on whether the object may be there.
  public var flags: UInt16
  let order: RestorePlan.Order

  init(object: GuardedObject, bytes: [UInt8], flags: UInt16, order: RestorePlan.Order) {
    self.object = object
    self.bytes = bytes
    self.flags = flags
    self.order = order
  }

  /// Any request, to try how it is made. Throws if it is too long to be one.
  public init(trying message: RoutingMessage) throws(NetworkStateError) {
    self.init(object: GuardedObject(.rule, 0), bytes: try message.encoded(), flags: message.flags, order: .rule)
  }

  /// Requests of several actions as those of one: each object once, as it was asked for last, in the order of dependence.
  public static func arranged(_ requests: [GuardRequest]) -> [GuardRequest] {
    guard requests.count > 1 else { return requests }
    var seen: Set<GuardedObject> = []
    let latest = requests.reversed().filter { seen.insert($0.object).inserted }
    return latest.reversed().enumerated().sorted { left, right in
      (left.element.order.rawValue, left.offset) < (right.element.order.rawValue, right.offset)
    }.map(\.element)
  }

  /// The same as values.
  public var message: RoutingMessage {
    get throws(NetworkStateError) {
      var message = try RoutingMessage(bytes)
      message.flags = flags
      return message
    }
  }
}

/// How the kernel answered a ``GuardRequest``.
public struct GuardAnswer: Sendable, Hashable {
  public var object: GuardedObject
  /// 0 if the object is made.
  public var errno: Int32
  /// When the answer was there, in microseconds on the monotonic clock.
  public var time: Int64
  /// Why not, from kernels that say it.
  public var reason: String?

  public init(_ object: GuardedObject, errno: Int32, at time: Int64, reason: String? = nil) {
    self.object = object
    self.errno = errno
    self.time = time
    self.reason = reason
  }
}

/// Whose socket asked the kernel for a deletion.
public enum PortOwner: Sendable, Hashable {
  /// systemd-networkd, or the service manager for `systemd-networkd.socket`.
  case networkd
  /// Another process, by name; nil if it is gone already.
  case other(String?)
}
