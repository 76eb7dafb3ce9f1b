import GateConfiguration
import GateEngine
import GateModel

extension HookSettings {
  /// What a question to whoever gives slots may take of a hook's time: 1.5 s of the usual 5 s.
  private var patience: Duration { limit * 3 / 10 }

  /// `base`, with the fleet's slots if the node belongs to one.
  func granting(_ base: any ChangeDecider) -> any ChangeDecider {
    if let fleet = gate.fleet {
      return GrantedDecider(base: base, slots: CoordinatorGrants(fleet, state: state, patience: patience))
    }
    guard let server = gate.fleetLock else { return base }
    return GrantedDecider(base: base, slots: FleetLockStanding(server, state: state, patience: patience))
  }

  /// A transaction is done: the fleet is told, now if that takes no time and else with the next check-in.
  func tellFleet(_ result: TransactionResult, missing: [String]) {
    if let fleet = gate.fleet {
      let outcome = FleetOutcome(fleet: fleet, state: state)
      try? outcome.note(result, missing: missing, at: .now)
      try? outcome.deliver(within: patience)
    } else if let server = gate.fleetLock {
      try? FleetLockSlot(server, state: state).note(result, missing: missing)
    }
  }
}
