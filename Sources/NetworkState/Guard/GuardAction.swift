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
  public var kind: NetworkObjectKind
  /// The place in the baseline's table of that kind.
  public var place: Int

  public init(_ kind: NetworkObjectKind, _ place: Int) {
    self.kind = kind
    self.place = place
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
