public import GateModel

/// A version that nodes hold, counted over the fleet.
public struct HeldVersion: Sendable, Hashable, Codable {
  public var source: String
  public var version: String
  /// The strictest of the nodes' verdicts.
  public var verdict: String
  public var nodes: Int
  /// Since when the first of the nodes holds it.
  public var since: Timestamp?
  /// As the first node that was looked at has them.
  public var rules: [String]
  public var message: String
  /// Whether a node knows it to be a security update; nil where none knows.
  public var security: Bool?

  public init(source: String, version: String, _ node: HeldOnNode) {
    self.source = source
    self.version = version
    (verdict, nodes, since, rules) = (node.verdict, 1, node.since, node.rules)
    (message, security) = (node.message, node.security)
  }

  public mutating func count(_ node: HeldOnNode) {
    nodes += 1
    if Self.strictness(node.verdict) > Self.strictness(verdict) {
      (verdict, rules, message) = (node.verdict, node.rules, node.message)
    }
    if let other = node.since { since = since.map { min($0, other) } ?? other }
    if let other = node.security { security = (security ?? false) || other }
  }

  private static func strictness(_ verdict: String) -> Int {
    ["allow", "shield", "defer", "stage", "approve", "hold", "undetermined"].firstIndex(of: verdict) ?? 0
  }

  public var id: String { "\(source)=\(version)" }
}

/// One version on one node.
public struct HeldOnNode: Sendable, Hashable, Codable {
  public var verdict: String
  public var since: Timestamp?
  public var rules: [String]
  public var message: String
  public var security: Bool?

  public init(verdict: String, since: Timestamp?, rules: [String], message: String, security: Bool?) {
    self.verdict = verdict
    self.since = since
    self.rules = rules
    self.message = message
    self.security = security
  }
}
