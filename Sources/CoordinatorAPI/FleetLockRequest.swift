internal import GateModel

/// The body of both FleetLock requests. Source: Zincati's docs/development/fleetlock/protocol.md.
public struct FleetLockRequest: Sendable, Hashable, Codable {
  public struct Client: Sendable, Hashable, Codable {
    public var id: String
    public var group: String

    public init(id: String, group: String) {
      self.id = id
      self.group = group
    }
  }

  public static let header = "fleet-lock-protocol"
  public static let longestWord = 128

  public var client: Client

  public init(id: String, group: String) { client = Client(id: id, group: group) }

  enum CodingKeys: String, CodingKey { case client = "client_params" }

  /// Why a server may not take it; nil if nothing is wrong.
  public var problem: APIProblem? {
    guard (1...Self.longestWord).contains(client.id.utf8.count),
      client.id.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return APIProblem(.invalidClientIdentity, "`id` is 1 to \(Self.longestWord) visible ASCII characters") }
    let isGroup = client.group.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == 0x2E || $0 == 0x2D }
    guard isGroup, (1...Self.longestWord).contains(client.group.utf8.count) else {
      return APIProblem(
        .invalidClientIdentity, "`group` is 1 to \(Self.longestWord) letters, digits, dots and hyphens")
    }
    return nil
  }
}
