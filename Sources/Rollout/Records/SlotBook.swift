/// How many nodes of the fleet are at work, over all rollouts: what slots are counted by.
///
/// One record for the whole fleet, written by compare-and-set with every node that begins or ends work.
public struct SlotBook: Sendable, Hashable, Codable {
  /// The last fencing token that was given out. Tokens only grow.
  public var lastToken: UInt64
  /// Nodes at work, by ring.
  public var rings: [String: Int]
  /// Nodes at work, by failure domain, such as `rack=r12`.
  public var domains: [String: Int]

  public init() {
    lastToken = 0
    rings = [:]
    domains = [:]
  }

  mutating func take(_ slot: SlotRecord) {
    rings[slot.ring, default: 0] += 1
    for domain in slot.domains { domains[domain, default: 0] += 1 }
  }

  mutating func free(_ slot: SlotRecord) {
    Self.lower(&rings, slot.ring)
    for domain in slot.domains { Self.lower(&domains, domain) }
  }

  private static func lower(_ counts: inout [String: Int], _ key: String) {
    let rest = (counts[key] ?? 0) - 1
    counts[key] = rest > 0 ? rest : nil
  }
}

/// The slot of one node: taken with its first grant, free when no rollout needs it any more.
public struct SlotRecord: Sendable, Hashable, Codable {
  public var node: String
  /// The ring and the failure domains that it is counted under, whatever the node's labels are now.
  public var ring: String
  public var domains: [String]
  /// Rollouts that need it, with the token of each.
  public var holders: [String: UInt64]

  public init(node: String, ring: String, domains: [String]) {
    self.node = node
    self.ring = ring
    self.domains = domains
    holders = [:]
  }
}
