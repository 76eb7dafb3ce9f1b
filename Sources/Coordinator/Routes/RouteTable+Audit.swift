internal import AuditReport
internal import CoordinatorAPI
internal import GateModel
internal import HTTPTypes
internal import Logging
internal import Rollout

/// What auditors read, and what nodes tell for them.
extension RouteTable {
  var auditRoutes: [Route] {
    [
      Route("tellHistory", .put, "/v1/node/history", .roles([.node])) { call in
        let history: NodeHistory = try call.decoded()
        try await histories.keep(history, of: try call.caller().name)
        return .empty
      },
      Route("listHistories", .get, "/v1/fleet/histories", .roles([.auditor])) { call in
        let limit = try call.number("limit", usual: 1000, in: 1...1000)
        return Reply(
          bytes: try await histories.page(after: try after(call), limit: limit), contentType: "application/json")
      },
      Route("showEvidence", .get, "/v1/nodes/{node}/ledger/evidence", .roles([.operator, .auditor])) { call in
        let node = call.parameters["node"] ?? ""
        guard FleetNode.isValid(name: node), let ledger = try await witness.ledger(of: node) else {
          throw APIProblem(.notFound, "no checkpoint of node `\(node)` was seen")
        }
        return try .json(LedgerEvidenceList(ledger: ledger, evidence: try await witness.evidence(against: node)))
      },
      Route("acceptLedger", .post, "/v1/nodes/{node}/ledger/acceptance", .roles([.operator, .auditor])) { call in
        let (node, request): (String, LedgerAcceptance) = (call.parameters["node"] ?? "", try call.decoded())
        let reason = try Reason.checked(request.reason)
        guard FleetNode.isValid(name: node) else { throw APIProblem(.notFound, "no node `\(node)` has checked in") }
        try await witness.accept(request.key, of: node)
        try await trail.append(
          "accept-ledger", "node \(node), key \(request.key)", by: call.name, reason: reason, at: call.now)
        call.logger.notice(
          "a node's ledger was accepted",
          metadata: ["node": "\(node)", "by": "\(call.name)", "reason": "\(reason)", "key": "\(request.key)"])
        return .empty
      },
      Route("listDeeds", .get, "/v1/fleet/deeds", .roles([.auditor])) { call in
        let limit = try call.number("limit", usual: 100, in: 1...900)
        let before = try call.query["before"].map { _ in try call.number("before", usual: 1, in: 1...Int.max) }
        let page = try await trail.page(before: before, limit: limit)
        return try .json(
          FleetDeedPage(
            deeds: page.deeds, next: page.deeds.last.flatMap { $0.number > 1 ? $0.number : nil }, count: page.count,
            head: page.digest))
      },
    ]
  }
}
