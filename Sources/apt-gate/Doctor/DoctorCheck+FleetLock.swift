import CoordinatorClient
import GateConfiguration
import Glibc

extension DoctorCheck {
  /// Whether the FleetLock server answers, and what became of the node's slot.
  static var fleetLock: DoctorCheck {
    DoctorCheck(name: "fleetlock", fine: "the FleetLock server answers, by a way that no update takes away") { node in
      guard let server = node.settings.fleetLock else { throw DoctorSkip(reason: "no FleetLock server is configured") }
      guard node.isLive else { throw DoctorSkip.otherRoot }
      guard access(node.settings.state, R_OK | X_OK) == 0 || errno != EACCES else { throw DoctorSkip.root }
      return try slot(of: server, state: node.settings.state) + way(to: server.url)
    }
  }

  private static func slot(of server: FleetLockMembership, state: String) throws -> [DoctorFinding] {
    var server = server
    server.deadline = min(server.deadline, longestQuestion)
    let slot = FleetLockSlot(server, state: state)
    if let lock = try slot.file.lock() {
      guard lock.phase == .failed else { return [] }
      return [
        DoctorFinding(
          .risk, FleetLockClaims.kept(lock), why: "every other node of the group waits for the slot",
          remedy: "see to the node, then `apt-gate fleet unlock`")
      ]
    }
    do {
      // Giving back what one does not have succeeds: a question that changes nothing.
      try slot.giveBack()
      return []
    } catch {
      return [
        DoctorFinding(
          .broken, "the FleetLock server cannot be asked: \(error)",
          why: "what is staged waits until it can; everything else goes on",
          remedy: "see that `\(server.url)` can be reached from here, and to `fleetlock:` in the configuration")
      ]
    }
  }
}
