import CoordinatorAPI
import FleetStore
import Foundation
import NIOHTTP1
import Rollout
import RolloutCoordination
import Testing

/// A node that speaks as another gets nothing, whatever its body says: each endpoint that nodes may ask is tried.
@Suite struct OtherIdentityTests {
  private static let configuration = "canary node-1 1 60\nrest node-[2-9] 1 0\n"

  /// What `node-1` has, and `node-2` would like.
  private struct Booty {
    var token: UInt64
    var owner: TestClient
    var thief: TestClient
  }

  @Test func nothingOfAnotherNodeCanBeTaken() async throws {
    try await TestCoordinator.run { coordinator in
      coordinator.clock.set(coordinator.clock.now)
      let booty = try await Self.prepare(coordinator)
      let before = try await Self.owned(coordinator)
      #expect(before.count >= 4, "\(before.map(\.key))")
      for operation in try DocumentedOperation.all() where operation.roles.contains(.node) {
        coordinator.log.clear()
        try await Self.steal(operation, booty)
        #expect(try await Self.owned(coordinator) == before, "\(operation.name) changed what is another's")
        #expect(coordinator.log.all.contains { $0.contains("identity=node-2") }, "\(operation.name) was not logged")
      }
    }
  }

  /// `node-1` has a grant and a lock.
  private static func prepare(_ coordinator: TestCoordinator) async throws -> Booty {
    let (owner, thief) = (try coordinator.client("node-1"), try coordinator.client("node-2"))
    let change = ConfigurationChange(text: configuration, replaces: nil, reason: "test")
    let configured = try await coordinator.client("operator-1").ask(
      .PUT, "/v1/fleet/configuration", body: Array(try JSONEncoder().encode(change)))
    #expect(configured.status == 200)
    let operations = Dictionary(
      try DocumentedOperation.all().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for client in [owner, thief] {
      #expect(try await client.ask(#require(operations["checkIn"])).status == 200)
    }
    let claim: ClaimReply = try await owner.ask(#require(operations["claim"])).json()
    #expect(try await owner.ask(#require(operations["fleetLockPreReboot"])).status == 200)
    return Booty(token: try #require(claim.grant?.token), owner: owner, thief: thief)
  }

  /// Everything in the store that is about `node-1`.
  private static func owned(_ coordinator: TestCoordinator) async throws -> [StoredEntry] {
    try await coordinator.contents().filter { entry in
      entry.key.hasSuffix("node-1") || entry.key.hasPrefix("slots/")
        || String(decoding: entry.value.bytes, as: UTF8.self).contains("\"aa\"")
    }
  }

  private static func steal(_ operation: DocumentedOperation, _ booty: Booty) async throws {
    var operation = operation
    let id = try #require(RolloutID("systemd=252.39-1~deb12u1"))
    switch operation.name {
    case "checkIn", "claim":
      // A name in the body is no identity: it is as if it were not there.
      let body = try #require(try JSONSerialization.jsonObject(with: Data(operation.body ?? [])) as? [String: Any])
      let named = body.merging(["node": "node-1", "name": "node-1"]) { $1 }
      operation.body = Array(try JSONSerialization.data(withJSONObject: named))
      #expect(try await booty.thief.ask(operation).status == 200)
    case "confirm":
      operation.body = Array(try JSONEncoder().encode(ConfirmRequest(rollout: id, token: booty.token)))
      let reply: ConfirmReply = try await booty.thief.ask(operation).json()
      #expect(reply.answer == .stop)
    case "report":
      for outcome in ReportRequest.Outcome.allCases {
        let report = ReportRequest(rollout: id, token: booty.token, outcome: outcome, reason: "I am node-1")
        operation.body = Array(try JSONEncoder().encode(report))
        #expect(try await booty.thief.ask(operation).problem?.kind == .refused, "\(outcome)")
      }
    case "fleetLockPreReboot", "fleetLockSteadyState":
      let answer = try await booty.thief.ask(operation)
      #expect(answer.status >= 400 && answer.problem?.kind == .notOwner, "\(operation.name) \(answer.status)")
    case "showLedger":
      #expect(try await booty.thief.ask(.GET, "/v1/nodes/node-1/ledger").problem?.kind == .forbidden)
    case "tellHistory":
      let body = try #require(try JSONSerialization.jsonObject(with: Data(operation.body ?? [])) as? [String: Any])
      let named = body.merging(["node": "node-1"]) { $1 }
      operation.body = Array(try JSONSerialization.data(withJSONObject: named))
      #expect(try await booty.thief.ask(operation).status == 204)
    case "showBundle":
      // It is the same for everybody.
      #expect(try await booty.thief.ask(operation).status == 404)
    default: Issue.record("`\(operation.name)` is not tried with another node's identity: add how")
    }
  }
}
