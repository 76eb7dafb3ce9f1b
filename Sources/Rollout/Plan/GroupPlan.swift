public import GateModel

/// Nodes that belong together, chosen by their labels.
public struct GroupPlan: Sendable, Hashable {
  public var name: String
  /// For each label the patterns of which its value must match one; every label must match. Never empty together with
  /// `nodes`.
  public var labels: [String: [Glob]]
  /// Patterns of node names, of which one must match; empty if the name does not matter.
  public var nodes: [Glob]

  public init(name: String, labels: [String: [Glob]], nodes: [Glob] = []) {
    self.name = name
    self.labels = labels
    self.nodes = nodes
  }

  public func matches(_ node: FleetNode) -> Bool {
    guard nodes.isEmpty || nodes.contains(where: { $0.matches(node.name) }) else { return false }
    return labels.allSatisfy { label, patterns in
      node.labels[label].map { value in patterns.contains { $0.matches(value) } } ?? false
    }
  }
}
