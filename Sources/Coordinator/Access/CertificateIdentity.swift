internal import FoundationEssentials
internal import GateModel
internal import SwiftASN1
internal import X509

/// Reads who a client certificate is about. That it descends from a trusted authority has been checked before.
enum CertificateIdentity {
  /// The common name, or else the first DNS name; nil if there is neither or it is no name.
  ///
  /// - Parameter now: certificates outlive the connections that showed them, so the dates are looked at each time.
  static func name(der: [UInt8], at now: Timestamp) -> String? {
    guard let certificate = try? Certificate(derEncoded: der), isValid(certificate, at: now) else { return nil }
    let name = commonName(certificate) ?? dnsName(certificate)
    return name.flatMap { Self.isName($0) ? $0 : nil }
  }

  private static func isValid(_ certificate: Certificate, at now: Timestamp) -> Bool {
    let seconds = Double(now.secondsSinceEpoch)
    return certificate.notValidBefore.timeIntervalSince1970 <= seconds
      && seconds <= certificate.notValidAfter.timeIntervalSince1970
  }

  private static func commonName(_ certificate: Certificate) -> String? {
    for relative in certificate.subject {
      for attribute in relative where attribute.type == .RDNAttributeType.commonName {
        return String(attribute.value)
      }
    }
    return nil
  }

  private static func dnsName(_ certificate: Certificate) -> String? {
    guard let names = try? certificate.extensions.subjectAlternativeNames else { return nil }
    for case .dnsName(let name) in names { return name }
    return nil
  }

  /// The characters that a node's name may have (``FleetNode``), and `@` and `:` for people.
  static func isName(_ text: String) -> Bool {
    (1...255).contains(text.utf8.count) && text.utf8.allSatisfy { $0.isASCIILetterOrDigit || "-._@:".utf8.contains($0) }
  }
}
