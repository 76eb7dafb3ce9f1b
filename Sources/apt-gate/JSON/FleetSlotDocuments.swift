import CoordinatorAPI
import CoordinatorClient
import GateModel
import Rollout

/// What `fleet check-in --json` prints: of the coordinator's answer, or of the FleetLock server's slot.
struct FleetCheckInDocument {
  enum Server {
    case coordinator(CheckInAnswer)
    /// The slot that the node has now, and whether it gave one back.
    case fleetLock(NodeLock?, gaveBack: Bool)
  }

  var server: Server

  var json: JSONValue {
    switch server {
    case .coordinator(let answer):
      [
        "schema": "apt-gate/fleet-check-in/1", "server": "coordinator",
        "rollouts": .strings(answer.active.map(\.description)), "policyBundle": .optional(answer.policyBundle),
        "ledger": answer.ledger.map(Self.json) ?? .null, "slot": .null, "gaveBack": false,
      ]
    case .fleetLock(let lock, let gaveBack):
      [
        "schema": "apt-gate/fleet-check-in/1", "server": "fleetlock", "rollouts": [], "policyBundle": .null,
        "ledger": .null, "slot": lock.map(\.json) ?? .null, "gaveBack": .bool(gaveBack),
      ]
    }
  }

  private static func json(_ ledger: LedgerAnswer) -> JSONValue {
    ["state": .string(ledger.state.rawValue), "entries": .optional(ledger.size), "reason": .optional(ledger.reason)]
  }
}

/// What `fleet unlock --json` prints.
struct FleetUnlockDocument {
  /// The slot that went back; nil if the node had none.
  var slot: NodeLock?

  var json: JSONValue { ["schema": "apt-gate/fleet-unlock/1", "slot": slot.map(\.json) ?? .null] }
}

extension NodeLock {
  fileprivate var json: JSONValue {
    ["phase": .string(phase.rawValue), "since": .string(since.description), "reason": .optional(reason)]
  }
}
