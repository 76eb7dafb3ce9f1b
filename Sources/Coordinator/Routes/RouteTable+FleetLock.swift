internal import CoordinatorAPI
internal import GateModel
internal import HTTPTypes
internal import Logging

/// FleetLock, and what an operator does with its locks.
extension RouteTable {
  var fleetLockRoutes: [Route] {
    [
      Route("fleetLockPreReboot", .post, "/v1/pre-reboot", .fleetLock) { call in
        let client = try client(of: call)
        let lock = try await locks.lock(client, for: owner(call), at: call.now)
        call.logger.info("slot locked", metadata: ["group": "\(client.group)", "id": "\(lock.id)"])
        return .done
      },
      Route("fleetLockSteadyState", .post, "/v1/steady-state", .fleetLock) { call in
        let client = try client(of: call)
        if try await locks.unlock(client, for: owner(call), at: call.now) {
          call.logger.info("slot unlocked", metadata: ["group": "\(client.group)", "id": "\(client.id)"])
        }
        return .done
      },
      Route("listFleetLocks", .get, "/v1/fleetlock", .readers) { call in
        try .json(FleetLockList(groups: try await locks.list(at: call.now)))
      },
      Route("releaseFleetLock", .delete, "/v1/fleetlock/{group}/{id}", .roles([.operator])) { call in
        let (group, id) = (call.parameters["group"] ?? "", call.parameters["id"] ?? "")
        if let problem = FleetLockRequest(id: id, group: group).problem { throw problem }
        let caller = try call.caller()
        let lock = try await locks.release(id, in: group, at: call.now)
        try await trail.append("release", "\(group)/\(id)", by: caller.name, reason: "", at: call.now)
        call.logger.notice(
          "slot released by an operator",
          metadata: ["group": "\(group)", "id": "\(id)", "owner": "\(lock.owner)", "by": "\(caller.name)"])
        return .empty
      },
    ]
  }

  private func client(of call: Call) throws -> FleetLockRequest.Client {
    guard let name = HTTPField.Name(FleetLockRequest.header), call.headers[name] == "true" else {
      throw APIProblem(.missingHeader, "the header `\(FleetLockRequest.header): true` is missing")
    }
    let request: FleetLockRequest = try call.decoded()
    if let problem = request.problem { throw problem }
    return request.client
  }

  private func owner(_ call: Call) -> Lock.Owner {
    call.identity.map { Lock.Owner(.identity, $0.name) } ?? Lock.Owner(.address, call.address)
  }
}

struct FleetLockList: Encodable {
  var groups: [LockGroupState]
}
