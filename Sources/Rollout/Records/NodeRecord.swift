public import GateModel

/// What is kept of one node in one rollout.
public struct NodeRecord: Sendable, Hashable, Codable {
  public var node: String
  /// The ring that the node was in when it last moved.
  public var ring: String
  public var phase: NodePhase
  /// Since when it is in the phase.
  public var since: Timestamp
  /// The fencing token of its last grant; nil if it never had one.
  public var token: UInt64?
  /// When silence becomes failure: at work, the end of the grant; healthy, the end of the soak and the time to say so.
  public var deadline: Timestamp?
  /// Since when the node is healthy with the version.
  public var healthySince: Timestamp?
  /// What it would install and no ring before its own ran; nil if there is nothing.
  public var unproven: [Artifact]?
  /// Why it failed, was skipped or gave its grant back.
  public var reason: String?
  /// Who skipped it or let it try again.
  public var by: String?

  public init(node: String, ring: String, phase: NodePhase, since: Timestamp) {
    self.node = node
    self.ring = ring
    self.phase = phase
    self.since = since
  }
}
