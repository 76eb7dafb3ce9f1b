extension Refusal: CustomStringConvertible {
  /// One line that says what to do where something can be done.
  public var description: String {
    switch self {
    case .abandoned(let note): "\(note.by) abandoned this version: \(note.reason)"
    case .superseded(let note): "superseded: \(note.reason)"
    case .halted(let note): "halted by \(note.by): \(note.reason)"
    case .nodeFailed(let reason): "it failed here: \(reason); an operator can let the node try again"
    case .skipped(let note): "\(note.by) let the rollout go on without this node: \(note.reason)"
    case .altered(let artifacts):
      "the archive has other contents under the same version than the rollout began with: " + Self.list(artifacts)
    case .malformed(let what): what
    case .staleToken: "the token is not that of this node's last grant; claim again"
    case .deadlinePassed(let moment): "the grant ended at \(moment); claim again"
    case .outOfOrder(let phase, let event): "`\(event.rawValue)` cannot follow `\(phase.rawValue)`"
    case .wrongStatus(let status, let event): "a rollout that is \(status.rawValue) cannot be \(event.rawValue)"
    case .notActive(let status):
      "the rollout is \(status.rawValue)" + (status == .halted ? ": resume it first" : "")
    case .noSuchRing(let ring): "the fleet has no ring `\(ring)`"
    case .notAnApprover(let person, let from):
      "`\(person)` is none of those who approve here: " + from.map { "`\($0)`" }.joined(separator: ", ")
    case .alreadyApproved(let person): "`\(person)` has approved already; another person is needed"
    }
  }

  static func list(_ artifacts: [Artifact]) -> String {
    let shown = artifacts.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
    return artifacts.count > 3 ? "\(shown) and \(artifacts.count - 3) more" : shown
  }
}
