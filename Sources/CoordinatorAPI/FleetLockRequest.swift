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

  public var client: Client

  public init(id: String, group: String) { client = Client(id: id, group: group) }

  enum CodingKeys: String, CodingKey { case client = "client_params" }

  /// Why a server may not take it; nil if nothing is wrong.
  public var problem: APIProblem? {
    for (word, text) in [(FleetLockWord.id, client.id), (.group, client.group)] {
      if let problem = word.problem(with: text) { return APIProblem(.invalidClientIdentity, problem) }
    }
    return nil
  }
}
