public import GateModel

/// A node as its last check-in described it.
public struct FleetNode: Sendable, Hashable, Codable {
  public var name: String
  public var labels: [String: String]
  /// When it checked in last.
  public var seen: Timestamp
  /// Why the node is not well, in its own words; nil if it is. Nothing is granted to a node that is not well.
  public var problem: String?
  /// Labels that the plan asks for and that the node had once, and since when it has them no more.
  public var lostLabels: [String: Timestamp]

  public init(
    name: String, labels: [String: String], seen: Timestamp, problem: String? = nil,
    lostLabels: [String: Timestamp] = [:]
  ) {
    self.name = name
    self.labels = labels
    self.seen = seen
    self.problem = problem
    self.lostLabels = lostLabels
  }

  /// The node as this check-in says, with what the record `before` knew of labels that are gone now.
  public func following(_ before: FleetNode?, under plan: FleetPlan) -> FleetNode {
    var node = self
    let known = before.map { Set($0.labels.keys).union($0.lostLabels.keys) } ?? []
    node.lostLabels = [:]
    for label in known.intersection(plan.labels) where labels[label] == nil {
      node.lostLabels[label] = before?.lostLabels[label] ?? seen
    }
    return node
  }

  /// Whether a name can stand in a key and on a line: 1 to 255 letters, digits, dots, hyphens and underscores.
  public static func isValid(name: String) -> Bool {
    (1...255).contains(name.utf8.count)
      && name.utf8.allSatisfy { $0.isASCIILetterOrDigit || "-._".utf8.contains($0) }
  }
}
