/// Something worth remembering about a rollout: what became of its rings and its failures, not each node's steps.
public struct JournalEntry: Sendable, Hashable, Codable {
  public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
    case created
    case ringOpened = "ring-opened"
    case ringPassed = "ring-passed"
    case nodeFailed = "node-failed"
    case nodeSilent = "node-silent"
    case nodeRecovered = "node-recovered"
    case nodeSkipped = "node-skipped"
    case nodeRetried = "node-retried"
    case admitted, approved, promoted, halted, resumed, completed, superseded, abandoned
  }

  public var kind: Kind
  public var ring: String?
  public var node: String?
  public var note: RolloutNote

  public init(_ kind: Kind, ring: String? = nil, node: String? = nil, note: RolloutNote) {
    self.kind = kind
    self.ring = ring
    self.node = node
    self.note = note
  }
}
