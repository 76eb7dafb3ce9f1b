public import CoordinatorAPI

/// Who asks, as a certificate or a token proves it; never as the body says.
public struct Identity: Sendable, Hashable {
  public var name: String
  public var roles: Set<Role>

  public init(name: String, roles: Set<Role>) {
    self.name = name
    self.roles = roles
  }
}

/// What a request needs before it is looked at.
public enum Access: Sendable, Hashable {
  /// Nothing: only what answers without data may be so.
  case open
  /// Any identity at all.
  case identified
  /// One of these roles.
  case roles(Set<Role>)
  /// The node role, or an address from which FleetLock's clients need no credentials.
  case fleetLock

  /// Every role that reads.
  public static let readers = Access.roles(Set(Role.allCases.filter(\.reads)))

  public func allows(_ identity: Identity) -> Bool {
    switch self {
    case .open, .identified: true
    case .roles(let roles): !roles.isDisjoint(with: identity.roles)
    case .fleetLock: identity.roles.contains(.node)
    }
  }
}
