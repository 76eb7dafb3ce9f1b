import AptSystem
import CoordinatorAPI
import CoordinatorClient
import GateConfiguration
import GateEngine
import GateModel
import Rollout
import SystemdSystem

/// The fleet's coordinator, as a sync asks it for slots.
///
/// What cannot be asked waits, and everything else goes on: after the first question without an answer no other is asked.
final class CoordinatorSlots: SlotClaiming {
  private let fleet: FleetMembership
  private let collector: AptCollector
  private let grants: GrantFile
  /// Whether new slots are asked for; what was granted before counts in any case.
  private let asks: Bool
  private var silence: String?
  private var hasCheckedIn = false

  init(_ fleet: FleetMembership, collector: AptCollector, state: String, asks: Bool) {
    self.fleet = fleet
    self.collector = collector
    grants = GrantFile(state: state)
    self.asks = asks
  }

  func claim(_ change: Change) -> SlotAnswer {
    guard let version = change.to, let id = RolloutID(source: change.source, version: version.text) else {
      return .waiting("a removal, or a name that no rollout can have, gets no slot")
    }
    guard let boot = try? BootID.current() else { return .waiting("the boot's identity cannot be read") }
    let before = BootMoment.now(boot: boot)
    let isGranted = grants.grants().contains { grant in
      grant.rollout == id && (grant.phase == .granted || grant.phase == .confirmed) && grant.left(at: before) > .zero
    }
    if isGranted { return .granted }
    guard asks else { return .notAsked }
    if let silence { return .waiting(silence) }
    return ask(id, change, before)
  }

  private func ask(_ id: RolloutID, _ change: Change, _ before: BootMoment) -> SlotAnswer {
    do {
      let request = ClaimRequest(rollout: id, artifacts: try artifacts(of: change))
      let (fleet, isFirst) = (fleet, !hasCheckedIn)
      let reply = try FleetQuestion.ask(fleet.address, within: fleet.deadline) { client in
        // The coordinator takes a node's labels from its check-in.
        if isFirst { _ = try await client.checkIn(CheckInRequest(labels: fleet.labels), within: fleet.deadline / 2) }
        return try await client.claim(request, within: fleet.deadline / 2)
      }
      hasCheckedIn = true
      return try settle(reply, before)
    } catch let error as CoordinatorClientError {
      if error.code == .unreachable || error.code == .configuration { silence = "\(error)" }
      return .waiting("\(error)")
    } catch {
      return .waiting("\(error)")
    }
  }

  private func settle(_ reply: ClaimReply, _ before: BootMoment) throws -> SlotAnswer {
    switch reply.answer {
    case .grant, .underway:
      guard let grant = reply.grant else { return .waiting("the coordinator's answer has no grant") }
      try grants.change { grants in
        grants.removeAll { $0.rollout == grant.rollout }
        grants.append(NodeGrant(grant, at: before))
      }
      return .granted
    case .wait:
      let again = reply.askAgain.map { "; worth asking again at \($0)" } ?? ""
      return .waiting(reply.reasons.joined(separator: "; ") + again)
    case .settled: return .waiting("the coordinator believes that this node has the version already")
    case .refuse: return .waiting(reply.reasons.joined(separator: "; "))
    }
  }

  private func artifacts(of change: Change) throws -> [Artifact] {
    let hashes = try collector.hashes(of: change.binaries)
    return try zip(change.binaries, hashes).compactMap { binary, hash in
      guard let version = binary.to else { return nil }
      guard let hash else {
        throw CommandFailure(
          message: "the package lists have no SHA-256 of \(binary.name), so no rollout can be bound to it",
          hint: "run `apt-get update`")
      }
      return Artifact(name: binary.name, architecture: binary.architecture, version: version.text, sha256: hash)
    }
  }
}
