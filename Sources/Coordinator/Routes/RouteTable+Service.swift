internal import CoordinatorAPI
internal import GateModel
internal import HTTPTypes

/// What a caller has of the coordinator itself.
extension RouteTable {
  var serviceRoutes: [Route] {
    [
      // Says that it runs and nothing else: whoever watches it needs no credentials.
      Route("health", .get, "/healthz", .open) { _ in .empty },
      Route("whoAmI", .get, "/v1/whoami", .identified) { call in
        let caller = try call.caller()
        return try .json(WhoAmI(name: caller.name, roles: caller.roles.map(\.rawValue).sorted()))
      },
      Route("metrics", .get, "/metrics", .readers) { try await metrics($0) },
    ]
  }

  private func metrics(_ call: Call) async throws -> Reply {
    let groups = try await locks.list(at: call.now)
    let held = groups.map { group in
      (
        name: "apt_gate_fleetlock_locks{group=\"\(group.group)\"}", help: "FleetLock slots that are taken.",
        value: Double(group.locks.count)
      )
    }
    let slots = groups.map { group in
      (
        name: "apt_gate_fleetlock_slots{group=\"\(group.group)\"}", help: "FleetLock slots that there are.",
        value: Double(group.slots)
      )
    }
    let alarms = try await WitnessRecords(store: store).alarms(limit: 1000).count
    let ledgers = [
      (
        name: "apt_gate_ledger_alarms", help: "Nodes whose ledgers contradict what was seen, at most 1000.",
        value: Double(alarms)
      )
    ]
    let text = counters.text(gauges: held + slots + ledgers)
    return Reply(bytes: Array(text.utf8), contentType: "text/plain; version=0.0.4; charset=utf-8")
  }
}
