/// One question about whether the gate is really in the way.
struct DoctorCheck {
  /// One word.
  var name: String
  /// What is so if nothing is found.
  var fine: String
  /// Looks, and gives what it finds. Throws ``DoctorSkip`` where it cannot look; any other error is a finding.
  var look: (DoctorNode) throws -> [DoctorFinding]

  /// From what apt does to what the network does.
  static var all: [DoctorCheck] {
    [
      .hooks, .units, .unattended, .timeLimits, .configuration, .policies, .permissions, .ledger, .pins, .leftovers,
      .networkd, .coordinator, .fleetLock, .bundle,
    ]
  }

  func result(on node: DoctorNode) -> DoctorResult {
    do {
      return DoctorResult(check: name, fine: fine, findings: try look(node))
    } catch let skip as DoctorSkip {
      return DoctorResult(check: name, fine: fine, skip: skip)
    } catch {
      let failure = CommandFailure(describing: error)
      let finding = DoctorFinding(
        .broken, failure.message, why: "what cannot be read cannot be checked, and apt-gate needs it",
        remedy: failure.hint ?? "mend what the message names")
      return DoctorResult(check: name, fine: fine, findings: [finding])
    }
  }
}

/// Why a check did not look.
struct DoctorSkip: Error, Sendable, Hashable {
  var reason: String
  /// Whether another user could have looked. Otherwise there is nothing to see.
  var needsRoot = false

  static let root = DoctorSkip(reason: "only root can see it", needsRoot: true)
  static let otherRoot = DoctorSkip(reason: "another root than the running system is looked at")
}
