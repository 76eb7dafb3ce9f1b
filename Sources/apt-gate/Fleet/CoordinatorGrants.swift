import CoordinatorAPI
import CoordinatorClient
import GateConfiguration
import GateModel
import Rollout
import SystemdSystem

/// The coordinator's grants, as a hook confirms them right before dpkg.
final class CoordinatorGrants: SlotConfirming {
  private let fleet: FleetMembership
  private let grants: GrantFile
  /// For one question, so that a coordinator that hangs does not use up the hook's time.
  private let patience: Duration
  /// Each grant is asked about once.
  private var answers: [RolloutID: SlotStanding] = [:]

  init(_ fleet: FleetMembership, state: String, patience: Duration) {
    self.fleet = fleet
    self.patience = patience
    grants = GrantFile(state: state)
  }

  func standing(of change: Change) -> SlotStanding? {
    guard let id = RolloutID(of: change), let grant = grants.grants().first(where: { $0.rollout == id }) else {
      return nil
    }
    if let known = answers[id] { return known }
    let answer = ask(grant)
    answers[id] = answer
    return answer
  }

  private func ask(_ grant: NodeGrant) -> SlotStanding {
    guard let boot = try? BootID.current(), grant.left(at: .now(boot: boot)) > .zero else {
      return .fell("this node's slot has run out; the next sync asks for another")
    }
    let request = ConfirmRequest(rollout: grant.rollout, token: grant.token)
    do {
      let patience = patience
      let reply = try FleetQuestion.ask(fleet.address, within: patience) { client in
        try await client.confirm(request, within: patience)
      }
      guard reply.answer == .go else { return .fell(reply.reason ?? "the coordinator says no") }
      try grants.change(within: .milliseconds(300)) { grants in
        for place in grants.indices where grants[place].token == grant.token { grants[place].phase = .confirmed }
      }
      return .stands("the coordinator")
    } catch {
      return .fell("the coordinator could not be asked whether the slot still stands: \(error)")
    }
  }
}
