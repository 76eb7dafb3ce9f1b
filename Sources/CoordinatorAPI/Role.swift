/// What an identity may do at the coordinator.
public enum Role: String, Sendable, Hashable, CaseIterable, Codable {
  /// Speaks for itself alone: checks in, claims, reports, locks.
  case node
  /// Reads the state of the fleet.
  case viewer
  /// Halts, resumes, skips, promotes, abandons, releases locks. Reads too.
  case `operator`
  /// Approves the opening of rings. Reads too.
  case approver
  /// Reads, and reads what people did.
  case auditor
  /// Publishes policy bundles.
  case publisher

  /// Whether the role lets one read the state of the fleet.
  public var reads: Bool { [.viewer, .operator, .approver, .auditor].contains(self) }
}
