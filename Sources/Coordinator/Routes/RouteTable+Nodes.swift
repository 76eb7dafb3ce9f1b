internal import CoordinatorAPI
internal import GateModel
internal import HTTPTypes

/// What a node asks for itself. Who it is comes from its credentials.
extension RouteTable {
  var nodeRoutes: [Route] {
    [
      Route("checkIn", .post, "/v1/node/check-in", .roles([.node])) { call in
        try .json(try await fleet.checkIn(call.decoded(), by: call.caller().name, at: call.now))
      },
      Route("claim", .post, "/v1/node/claims", .roles([.node])) { call in
        try .json(try await fleet.claim(call.decoded(), by: call.caller().name, at: call.now))
      },
      Route("confirm", .post, "/v1/node/confirmations", .roles([.node])) { call in
        try .json(try await fleet.confirm(call.decoded(), by: call.caller().name, at: call.now))
      },
      Route("report", .post, "/v1/node/reports", .roles([.node])) { call in
        try .json(try await fleet.report(call.decoded(), by: call.caller().name, at: call.now))
      },
    ]
  }
}
