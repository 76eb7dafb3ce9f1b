public import CoordinatorAPI
public import GateModel
public import NetworkState

/// How one coordinator runs, as coordinator.yaml says, validated.
public struct CoordinatorSettings: Sendable {
  public var listen = ListenAddress(host: "127.0.0.1", port: 8441)
  /// nil without TLS, which is for loopback only.
  public var tls: ServerCertificates?
  public var store = StoreChoice.sqlite(path: "/var/lib/apt-gate-coordinator/fleet.db")
  /// Roles of names that client certificates prove; a name has the roles of every pattern that matches it.
  public var identities: [IdentityRule] = []
  public var lockGroups: [String: LockGroupPlan] = [:]
  /// Addresses whose FleetLock clients need no credentials.
  public var plainLockClients: [IPPrefix] = []
  /// Names of publishers with their public keys, that policy bundles must be signed by.
  public var publishers: [PublisherKey] = []
  public var limits = RequestLimits()

  public init() {}

  func roles(of name: String) -> Set<Role> {
    identities.filter { $0.name.matches(name) }.reduce(into: []) { $0.formUnion($1.roles) }
  }

  /// Why the coordinator does not start; nil if it may.
  public var refusal: String? {
    if tls == nil, !listen.isLoopback {
      return "`listen` names `\(listen)`, which others can reach, without `tls`: name certificate and key, or 127.0.0.1"
    }
    if !listen.isLoopback, plainLockClients.contains(where: { $0.length == 0 }) {
      return "`fleetlock.plainClients` lets everybody in: name the prefixes that need no credentials"
    }
    return nil
  }
}

public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
  /// An IP address.
  public var host: String
  public var port: Int

  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// 127.0.0.0/8 and ::1.
  public var isLoopback: Bool { host == "::1" || host.hasPrefix("127.") }
  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// PEM files.
public struct ServerCertificates: Sendable, Hashable {
  /// The server's certificate, and those between it and its authority.
  public var certificate: String
  public var key: String
  /// Authorities that client certificates must descend from; nil if clients show none, and tokens only.
  public var clientAuthorities: String?

  public init(certificate: String, key: String, clientAuthorities: String?) {
    self.certificate = certificate
    self.key = key
    self.clientAuthorities = clientAuthorities
  }
}

public struct IdentityRule: Sendable, Hashable {
  public var name: Glob
  public var roles: Set<Role>

  public init(name: Glob, roles: Set<Role>) {
    self.name = name
    self.roles = roles
  }
}

public struct LockGroupPlan: Sendable, Hashable {
  public var slots: Int
  /// How long a lock lasts unless its owner asks again.
  public var deadline: Duration

  public init(slots: Int = 1, deadline: Duration = .seconds(3600)) {
    self.slots = slots
    self.deadline = deadline
  }
}

public struct PublisherKey: Sendable, Hashable {
  public var name: String
  /// Ed25519, 32 bytes.
  public var key: [UInt8]

  public init(name: String, key: [UInt8]) {
    self.name = name
    self.key = key
  }
}

/// Bounds on what one caller may ask for. The defaults let 10,000 nodes check in within ten seconds.
public struct RequestLimits: Sendable, Hashable {
  /// Requests a second of one identity, and how many at once.
  public var perIdentity = 20.0
  public var identityBurst = 100.0
  /// Refused requests a second of one address: what guesses tokens is slowed down.
  public var refusalsPerAddress = 5.0
  public var refusalBurst = 20.0
  public var largestBody = 1 << 20
  public var connections = 16_384
  /// From the beginning of a connection to the end of its first request's header, the TLS handshake with it.
  public var headerDeadline = Duration.seconds(10)
  /// From the end of a header to the end of its body.
  public var bodyDeadline = Duration.seconds(30)
  /// How long a connection may wait for its next request.
  public var idleDeadline = Duration.seconds(60)

  public init() {}
}
