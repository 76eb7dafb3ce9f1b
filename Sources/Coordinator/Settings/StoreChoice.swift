/// Which store a coordinator uses. What a driver needs is passed on by the executable, which knows the drivers.
public enum StoreChoice: Sendable, Hashable {
  case sqlite(path: String)
  case etcd(EtcdChoice)
}

/// Where etcd is; see etcd's own documentation for what its members ask of a client.
public struct EtcdChoice: Sendable, Hashable {
  public var endpoints: [String]
  public var trustedCertificates: String?
  public var certificate: String?
  public var key: String?
  public var user: String?
  /// A file that has the password and nothing else.
  public var passwordFile: String?
  public var prefix = "apt-gate/"

  public init(endpoints: [String]) { self.endpoints = endpoints }
}
