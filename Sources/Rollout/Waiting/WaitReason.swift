public import GateModel

/// One thing that a rollout, a ring or a node waits for.
public enum WaitReason: Sendable, Hashable, Codable {
  case halted(RolloutNote)
  /// The rings before this one have not passed; the first of them.
  case earlierRing(String)
  case approvals(ring: String, have: Int, need: Int, from: [String])
  case slots(ring: String, used: Int, limit: Int)
  /// Too many of the node's neighbours are at work.
  case domain(String, used: Int, limit: Int)
  /// No window has enough time left; nil if none ever opens again.
  case window(ring: String, opens: Timestamp?)
  /// Nodes of the ring are healthy and their soak is not over; when the last of those that are known ends.
  case soak(ring: String, soaked: Int, need: Int, until: Timestamp?)
  /// The ring does not have as many healthy nodes as are asked for.
  case minimumHealthy(ring: String, have: Int, need: Int)
  /// Nodes of the ring have not spoken of the version.
  case unheard(ring: String, count: Int)
  /// No node of the fleet is in the ring.
  case noMembers(ring: String)
  /// Nodes are at work.
  case atWork(ring: String, count: Int)
  /// There is room for nodes that wait; they begin when they ask next.
  case turn(ring: String, count: Int)
  /// What the node would install is not what the rings before it ran.
  case unproven([Artifact])
  /// Nodes of the ring would install what no ring before ran.
  case unprovenNodes(ring: String, count: Int)
  /// No ring takes the node.
  case noRing
  case severalRings(groups: [String])
  /// The node is not well.
  case unwell(String)

  /// When it ends, where that is known.
  public var until: Timestamp? {
    switch self {
    case .window(_, let opens): opens
    case .soak(_, _, _, let until): until
    default: nil
    }
  }
}
