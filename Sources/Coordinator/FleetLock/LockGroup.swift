public import GateModel

/// The locks of one FleetLock group, as kept in the store.
///
/// A state machine: events return what the answer is. Locking and unlocking are recursive, as the protocol asks. What it
/// does not ask for: a lock has an end, so that a machine that vanished does not keep its slot for ever; and an owner, who
/// alone gives it back.
public struct LockGroup: Sendable, Hashable, Codable {
  public private(set) var locks: [Lock] = []
  /// The last fencing token that was given out; tokens only grow.
  public private(set) var lastToken: UInt64 = 0

  public init() {}

  public enum LockAnswer: Sendable, Hashable {
    case locked(Lock)
    /// Every slot is taken, until this moment at the latest.
    case full(until: Timestamp?)
    case notOwner(Lock.Owner)
  }

  public enum UnlockAnswer: Sendable, Hashable {
    /// Whether there was a lock.
    case unlocked(Bool)
    case notOwner(Lock.Owner)
  }

  /// A client asks for a slot. One that has it keeps it, and its deadline begins anew: it is alive.
  public mutating func lock(
    _ id: String, for owner: Lock.Owner, slots: Int, lasting duration: Duration, at now: Timestamp
  ) -> LockAnswer {
    _ = expire(at: now)
    let end = now.advanced(by: duration)
    if let place = locks.firstIndex(where: { $0.id == id }) {
      guard locks[place].owner == owner else { return .notOwner(locks[place].owner) }
      locks[place].until = end
      return .locked(locks[place])
    }
    guard locks.count < slots else { return .full(until: locks.map(\.until).min()) }
    lastToken += 1
    let lock = Lock(id: id, owner: owner, token: lastToken, since: now, until: end)
    locks.append(lock)
    return .locked(lock)
  }

  public mutating func unlock(_ id: String, for owner: Lock.Owner, at now: Timestamp) -> UnlockAnswer {
    _ = expire(at: now)
    guard let place = locks.firstIndex(where: { $0.id == id }) else { return .unlocked(false) }
    guard locks[place].owner == owner else { return .notOwner(locks[place].owner) }
    locks.remove(at: place)
    return .unlocked(true)
  }

  /// An operator frees a slot, whoever owns it; nil if there is no such lock.
  public mutating func release(_ id: String) -> Lock? {
    guard let place = locks.firstIndex(where: { $0.id == id }) else { return nil }
    return locks.remove(at: place)
  }

  /// Drops the locks whose time is over, and returns them.
  public mutating func expire(at now: Timestamp) -> [Lock] {
    let over = locks.filter { $0.until <= now }
    if !over.isEmpty { locks.removeAll { $0.until <= now } }
    return over
  }
}

/// A slot that is taken.
public struct Lock: Sendable, Hashable, Codable {
  /// Who may give a lock back.
  public struct Owner: Sendable, Hashable, Codable, CustomStringConvertible {
    public enum Kind: String, Sendable, Hashable, Codable {
      /// An identity that a certificate or a token proved.
      case identity
      /// The address of a client without credentials: who claims first is the owner.
      case address
    }

    public var kind: Kind
    public var name: String

    public init(_ kind: Kind, _ name: String) {
      self.kind = kind
      self.name = name
    }

    public var description: String { name }
  }

  /// The client's own name for itself.
  public var id: String
  public var owner: Owner
  public var token: UInt64
  public var since: Timestamp
  public var until: Timestamp
}
