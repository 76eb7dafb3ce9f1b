import CoordinatorClient
import GateConfiguration
import Glibc

extension DoctorCheck {
  /// Whether the fleet's policies on this node are those that it took last.
  static var bundle: DoctorCheck {
    DoctorCheck(name: "bundle", fine: "the fleet's policy bundle is the one that verified, or none was published") {
      node in
      guard let fleet = node.settings.fleet, !fleet.publishers.isEmpty else {
        throw DoctorSkip(reason: "this node takes no policies from a fleet")
      }
      guard node.isLive else { throw DoctorSkip.otherRoot }
      guard access(node.settings.state, R_OK | X_OK) == 0 || errno != EACCES else { throw DoctorSkip.root }
      let memory = try BundleMemoryFile(state: node.settings.state).memory()
      return refused(memory) + missing(memory, fleet)
    }
  }

  private static func refused(_ memory: BundleMemory) -> [DoctorFinding] {
    guard let refusal = memory.refusal else { return [] }
    let kept = memory.version > 0 ? "version \(memory.version) stays in force" : "the node's own policies alone decide"
    return [
      DoctorFinding(
        .risk,
        "version \(refusal.version) of the fleet's policies is refused since \(refusal.since): \(refusal.reason)",
        why: "\(kept); somebody may be putting forward what the publishers did not sign",
        remedy: "`apt-gate fleet bundle show` shows what the coordinator has; publish one with a greater version")
    ]
  }

  private static func missing(_ memory: BundleMemory, _ fleet: FleetMembership) -> [DoctorFinding] {
    let inForce = PolicyBundleFolder(path: fleet.policies).version
    guard memory.version > 0, inForce != memory.version else { return [] }
    return [
      DoctorFinding(
        .broken,
        "version \(memory.version) of the fleet's policies was in force, and `\(fleet.policies)` has "
          + (inForce.map { "version \($0)" } ?? "none"),
        why: "what the fleet holds is decided without it", remedy: "`apt-gate fleet check-in` fetches it again")
    ]
  }
}
