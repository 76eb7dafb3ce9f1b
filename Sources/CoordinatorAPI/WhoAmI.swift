/// The answer of `/v1/whoami`: whom the coordinator takes the caller for.
public struct WhoAmI: Sendable, Hashable, Codable {
  public var name: String
  /// ``Role``s; a text that this version does not know stays what it is.
  public var roles: [String]

  public init(name: String, roles: [String]) {
    self.name = name
    self.roles = roles
  }
}
