internal import CoordinatorAPI
internal import GateModel
internal import HTTPTypes
internal import Logging
internal import Rollout

/// What a node asks for itself. Who it is comes from its credentials.
extension RouteTable {
  var nodeRoutes: [Route] {
    [
      Route("checkIn", .post, "/v1/node/check-in", .roles([.node])) { call in
        let request: CheckInRequest = try call.decoded()
        let name = try call.caller().name
        var answer = try await fleet.checkIn(request, by: name, at: call.now)
        if let offer = request.ledger {
          answer.ledger = try await witness.offered(offer, by: name, at: call.now, call.logger)
        }
        return try .json(answer)
      },
      Route("showLedger", .get, "/v1/nodes/{node}/ledger", .roles([.node, .viewer, .operator, .approver, .auditor])) {
        call in
        let (caller, node) = (try call.caller(), call.parameters["node"] ?? "")
        guard caller.roles.contains(where: \.reads) || caller.name == node else {
          throw APIProblem(.forbidden, "a node is shown its own ledger alone")
        }
        guard FleetNode.isValid(name: node), let ledger = try await witness.ledger(of: node) else {
          throw APIProblem(.notFound, "no checkpoint of node `\(node)` was seen")
        }
        return try .json(ledger)
      },
      Route("claim", .post, "/v1/node/claims", .roles([.node])) { call in
        let request: ClaimRequest = try call.decoded()
        let reply = try await fleet.claim(request, by: call.caller().name, at: call.now)
        if reply.answer == .grant, let grant = reply.grant {
          call.logger.info("node granted", metadata: Self.metadata(grant.rollout, grant.token, of: call))
        }
        return try .json(reply)
      },
      Route("confirm", .post, "/v1/node/confirmations", .roles([.node])) { call in
        try .json(try await fleet.confirm(call.decoded(), by: call.caller().name, at: call.now))
      },
      Route("report", .post, "/v1/node/reports", .roles([.node])) { call in
        let request: ReportRequest = try call.decoded()
        let reply = try await fleet.report(request, by: call.caller().name, at: call.now)
        var metadata = Self.metadata(request.rollout, request.token, of: call)
        metadata["outcome"] = "\(request.outcome.rawValue)"
        metadata["phase"] = "\(reply.phase.rawValue)"
        if let reason = request.reason { metadata["reason"] = "\(DisplayText.line(reason))" }
        call.logger.info("node reported", metadata: metadata)
        return try .json(reply)
      },
    ]
  }

  private static func metadata(_ rollout: RolloutID, _ token: UInt64, of call: Call) -> Logger.Metadata {
    ["rollout": "\(rollout)", "token": "\(token)", "node": "\(call.name)"]
  }
}
