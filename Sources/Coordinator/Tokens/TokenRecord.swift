public import CoordinatorAPI
public import GateModel

/// What is kept of a bearer token: never the token itself.
public struct TokenRecord: Sendable, Hashable, Codable {
  /// The first characters of its digest, by which people speak of it.
  public var id: String
  /// Who holds it.
  public var name: String
  public var roles: [Role]
  public var created: Timestamp
  public var expires: Timestamp?

  public init(id: String, name: String, roles: [Role], created: Timestamp, expires: Timestamp?) {
    self.id = id
    self.name = name
    self.roles = roles
    self.created = created
    self.expires = expires
  }
}
