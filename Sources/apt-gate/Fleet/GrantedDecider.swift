import CoordinatorAPI
import CoordinatorClient
import GateConfiguration
import GateEngine
import GateModel
import Rollout
import SystemdSystem

/// Lets what is staged pass if this node has a slot for it, and the coordinator says right now that it still stands.
///
/// Without an answer it does not: what waits a little longer does no harm.
final class GrantedDecider: ChangeDecider {
  private let base: any ChangeDecider
  private let fleet: FleetMembership
  private let grants: GrantFile
  /// For one question, so that a coordinator that hangs does not use up the hook's time.
  private let patience: Duration
  /// Each grant is asked about once.
  private var answers: [RolloutID: String?] = [:]

  init(base: any ChangeDecider, fleet: FleetMembership, state: String, patience: Duration) {
    self.base = base
    self.patience = patience
    self.fleet = fleet
    grants = GrantFile(state: state)
  }

  func decision(on change: Change, effects: [Effect]) throws -> Decision {
    let decision = try base.decision(on: change, effects: effects)
    guard decision.verdict == .stage, let version = change.to,
      let id = RolloutID(source: change.source, version: version.text),
      let grant = grants.grants().first(where: { $0.rollout == id })
    else { return decision }
    return decision.admitted(unless: refusal(of: grant))
  }

  /// Why the grant does not stand; nil if it does.
  private func refusal(of grant: NodeGrant) -> String? {
    if let known = answers[grant.rollout] { return known }
    let answer = ask(grant)
    answers[grant.rollout] = .some(answer)
    return answer
  }

  private func ask(_ grant: NodeGrant) -> String? {
    guard let boot = try? BootID.current(), grant.left(at: .now(boot: boot)) > .zero else {
      return "this node's slot has run out; the next sync asks for another"
    }
    let request = ConfirmRequest(rollout: grant.rollout, token: grant.token)
    do {
      let patience = patience
      let reply = try FleetQuestion.ask(fleet.address, within: patience) { client in
        try await client.confirm(request, within: patience)
      }
      guard reply.answer == .go else { return reply.reason ?? "the coordinator says no" }
      try grants.change(within: .milliseconds(300)) { grants in
        for place in grants.indices where grants[place].token == grant.token { grants[place].phase = .confirmed }
      }
      return nil
    } catch {
      return "the coordinator could not be asked whether the slot still stands: \(error)"
    }
  }
}

extension Decision {
  /// As with a slot, or as before with why there is none.
  fileprivate func admitted(unless refusal: String?) -> Decision {
    var copy = self
    if let refusal {
      copy.message = [copy.message, refusal].compactMap { $0 }.joined(separator: "; ")
      return copy
    }
    copy.verdict = shieldedUnits.isEmpty ? .allow : .shield
    copy.message = "the coordinator gave this node a slot"
    copy.clearsWhen = nil
    return copy
  }
}

extension HookSettings {
  /// What a question to the coordinator may take of a hook's time: 1.5 s of the usual 5 s.
  private var patience: Duration { limit * 3 / 10 }

  /// `base`, with the fleet's slots if the node belongs to one.
  func granting(_ base: any ChangeDecider) -> any ChangeDecider {
    gate.fleet.map { GrantedDecider(base: base, fleet: $0, state: state, patience: patience) } ?? base
  }

  /// A transaction is done: the fleet is told, now if that takes no time and else with the next check-in.
  func tellFleet(_ result: TransactionResult, missing: [String]) {
    guard let fleet = gate.fleet else { return }
    let outcome = FleetOutcome(fleet: fleet, state: state)
    try? outcome.note(result, missing: missing, at: .now)
    try? outcome.deliver(within: patience)
  }
}
