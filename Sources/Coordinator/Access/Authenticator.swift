internal import CoordinatorAPI
internal import FleetStore
internal import GateModel

/// Finds out who asks.
struct Authenticator: Sendable {
  let tokens: TokenStore
  let settings: SettingsBox

  /// - Parameter certificate: DER of the client's certificate, which the TLS layer has verified; nil if it showed none.
  func identify(
    authorization: String?, certificate: [UInt8]?, at now: Timestamp
  ) async throws(APIProblem) -> Identity? {
    switch Credentials(authorization: authorization) {
    case .token(let text): return try await holder(of: text, at: now)
    case .unreadable: throw APIProblem(.unauthenticated, "the Authorization header is neither Bearer nor Basic")
    case .none: break
    }
    guard let certificate else { return nil }
    guard let name = CertificateIdentity.name(der: certificate, at: now) else {
      throw APIProblem(.unauthenticated, "the client certificate has expired or names nobody")
    }
    return Identity(name: name, roles: settings.current.roles(of: name))
  }

  private func holder(of text: String, at now: Timestamp) async throws(APIProblem) -> Identity {
    let record: TokenRecord?
    do {
      record = try await tokens.find(text)
    } catch {
      throw APIProblem(.storeUnavailable, "the token cannot be checked now: \(error)")
    }
    guard let record else { throw APIProblem(.unauthenticated, "no such token") }
    guard record.expires.map({ now < $0 }) ?? true else { throw APIProblem(.unauthenticated, "the token has expired") }
    return Identity(name: record.name, roles: Set(record.roles))
  }
}
