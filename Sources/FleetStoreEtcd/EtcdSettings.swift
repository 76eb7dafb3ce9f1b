/// Where etcd is, and who is asking.
public struct EtcdSettings: Sendable, Hashable {
  /// URLs of the members, such as `https://198.51.100.7:2379`.
  public var endpoints: [String]
  /// PEM file of the certificates that the members' certificates must descend from; nil for the system's.
  public var trustedCertificates: String?
  /// PEM files of the certificate that this client shows, and of its key; nil for none. etcd checks it, but takes roles from
  /// ``user`` only; with users on it refuses certificates that have a common name (embed/serve.go, `accessController`).
  public var certificate: String?
  public var key: String?
  /// A user of etcd's own; nil if etcd has authentication off.
  public var user: String?
  public var password: String?
  /// Stands before every key, so that one etcd can serve more than one fleet.
  public var prefix: String
  /// How long one call may take.
  public var deadline: Duration
  /// How long one member may take before the next one is asked.
  public var patience: Duration

  public init(
    endpoints: [String], trustedCertificates: String? = nil, certificate: String? = nil, key: String? = nil,
    user: String? = nil, password: String? = nil, prefix: String = "apt-gate/", deadline: Duration = .seconds(5),
    patience: Duration = .seconds(2)
  ) {
    self.endpoints = endpoints
    self.trustedCertificates = trustedCertificates
    self.certificate = certificate
    self.key = key
    self.user = user
    self.password = password
    self.prefix = prefix
    self.deadline = deadline
    self.patience = patience
  }
}
