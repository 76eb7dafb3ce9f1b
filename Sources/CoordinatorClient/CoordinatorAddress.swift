/// Where a coordinator is, and how to prove who asks.
public struct CoordinatorAddress: Sendable, Hashable {
  /// Without a path, such as `https://198.51.100.7:8441`. An IP address needs no DNS, which the gate may be protecting.
  public var url: String
  /// PEM file of the authorities that the coordinator's certificate must descend from; nil for the system's.
  public var trustedCertificates: String?
  /// PEM files of the certificate to show, and of its key.
  public var certificate: String?
  public var key: String?
  /// A file with a bearer token and nothing else.
  public var tokenFile: String?

  public init(
    url: String, trustedCertificates: String? = nil, certificate: String? = nil, key: String? = nil,
    tokenFile: String? = nil
  ) {
    self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
    self.trustedCertificates = trustedCertificates
    self.certificate = certificate
    self.key = key
    self.tokenFile = tokenFile
  }
}
