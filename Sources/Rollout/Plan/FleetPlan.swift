/// What the fleet's operator wants: groups, and rings in order.
public struct FleetPlan: Sendable, Hashable {
  public var groups: [GroupPlan]
  /// In the order in which a rollout opens them; names differ.
  public var rings: [RingPlan]

  public init(groups: [GroupPlan], rings: [RingPlan]) {
    self.groups = groups
    self.rings = rings
  }

  public func ring(named name: String) -> RingPlan? { rings.first { $0.name == name } }

  /// Every label that a group or a limit asks for.
  public var labels: Set<String> {
    Set(groups.flatMap(\.labels.keys)).union(rings.flatMap(\.perDomain.keys))
  }
}

/// Where a node stands in a plan.
public enum RingAssignment: Sendable, Hashable {
  case ring(String)
  /// No group matches, or none that is in a ring.
  case none
  /// Groups of several rings match, in the plan's order: nothing is granted until one of them is left.
  case several(groups: [String])
}

extension FleetPlan {
  /// The names of the groups that a node is in, in the plan's order.
  public func groups(of node: FleetNode) -> [String] { groups.filter { $0.matches(node) }.map(\.name) }

  public func assignment(of node: FleetNode) -> RingAssignment {
    let found = groups(of: node)
    let rings = rings.filter { ring in ring.groups.contains(where: found.contains) }
    guard let first = rings.first else { return .none }
    return rings.count == 1 ? .ring(first.name) : .several(groups: found)
  }

  /// The failure domains of a node that limits of any ring ask about, such as `rack=r12`; `rack=` where it has no label.
  public func domains(of node: FleetNode) -> [String] {
    Set(rings.flatMap(\.perDomain.keys)).sorted().map { "\($0)=\(node.labels[$0] ?? "")" }
  }
}
