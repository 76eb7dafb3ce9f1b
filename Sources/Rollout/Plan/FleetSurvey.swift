/// The fleet's nodes, counted by a plan: how many are in each ring, and what is not as anybody meant it.
public struct FleetSurvey: Sendable, Hashable {
  public let plan: FleetPlan
  public private(set) var nodes = 0
  /// Nodes of each ring.
  public private(set) var populations: [String: Int] = [:]
  /// Nodes of each group.
  public private(set) var groups: [String: Int] = [:]
  /// Nodes that no ring takes, those that rings of several groups take, those without a label that a limit of their ring
  /// asks for, those that have lost a label: at most ``mostExamples`` of each, with how many there are.
  public private(set) var unassigned = Examples()
  public private(set) var ambiguous = Examples()
  public private(set) var domainless: [String: Examples] = [:]
  public private(set) var lost: [String: Examples] = [:]

  /// How many nodes, and the names of the first ones.
  public struct Examples: Sendable, Hashable, Codable {
    public var count = 0
    public var names: [String] = []

    public init() {}

    mutating func add(_ name: String) {
      count += 1
      if names.count < FleetSurvey.mostExamples { names.append(name) }
    }
  }

  public static let mostExamples = 5

  public init(_ plan: FleetPlan) { self.plan = plan }

  public mutating func count(_ node: FleetNode) {
    nodes += 1
    for group in plan.groups(of: node) { groups[group, default: 0] += 1 }
    for label in node.lostLabels.keys { lost[label, default: Examples()].add(node.name) }
    switch plan.assignment(of: node) {
    case .none: unassigned.add(node.name)
    case .several: ambiguous.add(node.name)
    case .ring(let name):
      populations[name, default: 0] += 1
      for label in plan.ring(named: name)?.perDomain.keys.sorted() ?? [] where node.labels[label] == nil {
        domainless[label, default: Examples()].add(node.name)
      }
    }
  }
}
