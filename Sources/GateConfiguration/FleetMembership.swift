/// Which coordinator the node asks, and what it says of itself.
public struct FleetMembership: Sendable, Hashable {
  /// Such as `https://198.51.100.7:8441`.
  public var coordinator: String
  public var credentials = ServerCredentials()
  /// What the operator's groups choose nodes by.
  public var labels: [String: String] = [:]
  /// Ed25519 public keys, 32 bytes in base64, of those who sign policies for the fleet, by their names. Without any the node
  /// takes no policies from the coordinator.
  public var publishers: [String: String] = [:]
  /// Where the fleet's policies are put; everybody may read them.
  public var policies = "/var/lib/apt-gate-policies"
  /// How long one question may take. Right before dpkg it is shorter.
  public var deadline = Duration.seconds(20)

  public init(coordinator: String) { self.coordinator = coordinator }
}

/// The FleetLock server that a node asks for its slot, and under which name.
public struct FleetLockMembership: Sendable, Hashable {
  /// What stands before `/v1/pre-reboot`, such as `http://198.51.100.7:3333`.
  public var url: String
  /// Letters, digits, dots and hyphens.
  public var group = "default"
  /// What the slot is taken as; nil for an id that is derived from this machine's.
  public var id: String?
  public var credentials = ServerCredentials()
  /// How long one question may take. Right before dpkg it is shorter.
  public var deadline = Duration.seconds(20)

  public init(url: String) { self.url = url }
}

/// How a server proves itself to the node, and the node to it.
public struct ServerCredentials: Sendable, Hashable {
  /// PEM file of the authorities of the server's certificate; nil for the system's.
  public var trustedCertificates: String?
  /// PEM files of the node's certificate and key; nil if it has a token.
  public var certificate: String?
  public var key: String?
  /// A file with the node's token.
  public var tokenFile: String?

  public init() {}
}
