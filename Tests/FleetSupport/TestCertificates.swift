import Crypto
public import Foundation
import SwiftASN1
import X509

/// A certificate authority for tests: every certificate and key is a PEM file in one folder.
public final class TestAuthority: Sendable {
  public struct Files: Sendable {
    public var certificate: String
    public var key: String
  }

  public let folder: URL
  /// PEM file of the authority's own certificate.
  public let certificate: String
  private let key: P256.Signing.PrivateKey
  private let name: DistinguishedName

  public init(_ commonName: String = "test authority", in folder: URL) throws {
    self.folder = folder
    key = P256.Signing.PrivateKey()
    name = try DistinguishedName { CommonName(commonName) }
    let signer = Certificate.PrivateKey(key)
    let own = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: signer.publicKey, notValidBefore: .now - 86_400 * 30,
      notValidAfter: .now + 86_400, issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
        Critical(KeyUsage(keyCertSign: true, cRLSign: true))
      }, issuerPrivateKey: signer)
    certificate = folder.appendingPathComponent("\(commonName).pem").path
    try own.serializeAsPEM().pemString.write(toFile: certificate, atomically: true, encoding: .utf8)
  }

  /// Signs a new certificate, good for `address` and `localhost` as a server and for `commonName` as a client.
  ///
  /// - Parameter address: the bytes of an IP address; 127.0.0.1 by default.
  /// - Parameter commonName: empty for a certificate without one.
  /// - Parameter validFor: from now on; negative for one that has expired.
  public func issue(
    _ commonName: String, validFor: TimeInterval = 3600, file: String? = nil, address: [UInt8] = [127, 0, 0, 1]
  ) throws -> Files {
    let own = P256.Signing.PrivateKey()
    let issued = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: Certificate.PrivateKey(own).publicKey,
      notValidBefore: .now - 86_400 * 10, notValidAfter: .now + validFor, issuer: name,
      subject: commonName.isEmpty
        ? DistinguishedName([RelativeDistinguishedName]()) : try DistinguishedName { CommonName(commonName) },
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([.serverAuth, .clientAuth])
        SubjectAlternativeNames([
          .dnsName("localhost"), .ipAddress(ASN1OctetString(contentBytes: address[...])),
        ])
      }, issuerPrivateKey: Certificate.PrivateKey(key))
    let base = folder.appendingPathComponent(file ?? commonName).path
    try issued.serializeAsPEM().pemString.write(toFile: "\(base).pem", atomically: true, encoding: .utf8)
    try own.pemRepresentation.write(toFile: "\(base).key", atomically: true, encoding: .utf8)
    return Files(certificate: "\(base).pem", key: "\(base).key")
  }
}
