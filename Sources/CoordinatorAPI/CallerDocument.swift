/// Who the coordinator takes the caller for.
public struct CallerDocument: Sendable, Hashable, Codable {
  public var name: String
  public var roles: [String]

  public init(name: String, roles: [String]) {
    self.name = name
    self.roles = roles
  }
}
