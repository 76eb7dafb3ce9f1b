internal import CoordinatorAPI
internal import GateModel
internal import HTTPTypes
internal import Logging
internal import Rollout

/// The operator's side.
extension RouteTable {
  var fleetRoutes: [Route] { readingRoutes + configurationRoutes + Order.allCases.map(orderRoute) + [forgetRoute] }

  private var readingRoutes: [Route] {
    [
      Route("listRollouts", .get, "/v1/rollouts", .readers) { try .json(try await fleet.list(at: $0.now)) },
      Route("showRollout", .get, "/v1/rollouts/{rollout}", .readers) { call in
        try .json(try await fleet.show(try rollout(of: call), at: call.now))
      },
      Route("listMembers", .get, "/v1/rollouts/{rollout}/nodes", .readers) { call in
        let limit = try call.number("limit", usual: 100, in: 1...1000)
        return try .json(try await fleet.members(try rollout(of: call), after: try after(call), limit: limit))
      },
      Route("listNodes", .get, "/v1/nodes", .readers) { call in
        let limit = try call.number("limit", usual: 100, in: 1...1000)
        let first = try after(call)
        var list = try await fleet.nodes(after: first, limit: limit)
        list.alarms = try await WitnessRecords(store: store).alarms(after: first, until: list.nodes.last?.name)
        return try .json(list)
      },
      Route("showNode", .get, "/v1/nodes/{node}", .readers) { call in
        try .json(try await fleet.node(call.parameters["node"] ?? ""))
      },
    ]
  }

  private var configurationRoutes: [Route] {
    [
      Route("showConfiguration", .get, "/v1/fleet/configuration", .readers) { _ in
        try .json(try await fleet.plans.document())
      },
      Route("replaceConfiguration", .put, "/v1/fleet/configuration", .roles([.operator])) { call in
        let change: ConfigurationChange = try call.decoded()
        let reason = try Reason.checked(change.reason)
        let document = try await fleet.plans.replace(with: change)
        try await trail.append(
          "configure", "version \(document.version)", by: call.name, reason: reason, at: call.now)
        call.logger.notice(
          "fleet configuration replaced",
          metadata: ["by": "\(call.name)", "reason": "\(reason)", "version": "\(document.version)"])
        return try .json(document)
      },
    ]
  }

  private func orderRoute(_ order: Order) -> Route {
    Route("\(order.rawValue)Rollout", .post, "/v1/rollouts/{rollout}/\(order.rawValue)", .roles([order.role])) { call in
      let request: OrderRequest = try call.decoded()
      let id = try rollout(of: call)
      try await fleet.order(order, id, request, by: try call.caller().name, at: call.now)
      try await trail.append(
        order.rawValue, [id.description, request.ring, request.node].compactMap { $0 }.joined(separator: ", "),
        by: call.name, reason: request.reason, at: call.now)
      call.logger.notice(
        "order carried out",
        metadata: [
          "order": "\(order.rawValue)", "rollout": "\(id)", "by": "\(call.name)", "reason": "\(request.reason)",
        ])
      return .empty
    }
  }

  private var forgetRoute: Route {
    Route("forgetNode", .post, "/v1/nodes/{node}/forget", .roles([.operator])) { call in
      let request: OrderRequest = try call.decoded()
      let reason = try Reason.checked(request.reason)
      let (name, person) = (call.parameters["node"] ?? "", try call.caller().name)
      try await NodeForgetting(store: store).forget(name)
      try await trail.append("forget", name, by: person, reason: reason, at: call.now)
      call.logger.notice("node forgotten", metadata: ["node": "\(name)", "by": "\(person)", "reason": "\(reason)"])
      return .empty
    }
  }

  private func rollout(of call: Call) throws(APIProblem) -> RolloutID {
    guard let id = RolloutID(call.parameters["rollout"] ?? "") else {
      throw APIProblem(.invalidRequest, "a rollout is named `SOURCE=VERSION`")
    }
    return id
  }

  /// The name after which a page begins.
  func after(_ call: Call) throws(APIProblem) -> String? {
    guard let name = call.query["after"], !name.isEmpty else { return nil }
    guard FleetNode.isValid(name: name) else { throw APIProblem(.invalidRequest, "`after` is no name of a node") }
    return name
  }
}
