import Coordinator
import CoordinatorAPI
import Foundation
import GateModel
import NIOHTTP1
import NetworkState
import Testing

/// The protocol's rules, over HTTPS. No Content-Type is sent, as Zincati does.
@Suite struct FleetLockTests {
  private static let header = ["fleet-lock-protocol": "true"]

  private static func body(_ id: String, _ group: String = "default") -> String {
    #"{"client_params":{"id":"\#(id)","group":"\#(group)"}}"#
  }

  private static func lock(
    _ client: TestClient, _ id: String, _ group: String = "default"
  ) async throws -> TestClient.Answer {
    try await client.post("/v1/pre-reboot", json: body(id, group), headers: header)
  }

  private static func unlock(
    _ client: TestClient, _ id: String, _ group: String = "default"
  ) async throws -> TestClient.Answer {
    try await client.post("/v1/steady-state", json: body(id, group), headers: header)
  }

  @Test func lockingIsRecursive() async throws {
    try await TestCoordinator.run { coordinator in
      let (one, two) = (try coordinator.client("node-1"), try coordinator.client("node-2"))
      #expect(try await Self.lock(one, "aa").status == 200)
      #expect(try await Self.lock(one, "aa").status == 200)
      let full = try await Self.lock(two, "bb")
      #expect(full.status == 423 && full.problem?.kind == .failedLock)
      #expect(try await Self.unlock(two, "bb").status == 200, "giving back what one does not hold succeeds")
      #expect(try await Self.lock(two, "bb").status == 423)
      #expect(try await Self.unlock(one, "aa").status == 200)
      #expect(try await Self.unlock(one, "aa").status == 200)
      #expect(try await Self.lock(two, "bb").status == 200)
    }
  }

  @Test func ownersAlone() async throws {
    try await TestCoordinator.run({ $0.plainLockClients = [IPPrefix("127.0.0.0/8")].compactMap { $0 } }) {
      coordinator in
      let (one, two) = (try coordinator.client("node-1"), try coordinator.client("node-2"))
      #expect(try await Self.lock(one, "aa").status == 200)
      for thief in [two, coordinator.stranger] {
        #expect(try await Self.unlock(thief, "aa").problem?.kind == .notOwner)
        #expect(try await Self.lock(thief, "aa").problem?.kind == .notOwner)
      }
      #expect(try await Self.unlock(one, "aa").status == 200)
      // A plain client is the owner of what it claims first.
      #expect(try await Self.lock(coordinator.stranger, "cc").status == 200)
      #expect(try await Self.unlock(one, "cc").problem?.kind == .notOwner)
      #expect(try await Self.unlock(coordinator.stranger, "cc").status == 200)
    }
  }

  @Test func locksEnd() async throws {
    try await TestCoordinator.run { coordinator in
      let (one, two) = (try coordinator.client("node-1"), try coordinator.client("node-2"))
      let start = coordinator.clock.now
      coordinator.clock.set(start)
      #expect(try await Self.lock(one, "aa").status == 200)
      coordinator.clock.set(start.advanced(by: .seconds(599)))
      #expect(try await Self.lock(two, "bb").status == 423)
      // Asking again keeps it.
      #expect(try await Self.lock(one, "aa").status == 200)
      coordinator.clock.set(start.advanced(by: .seconds(600)))
      #expect(try await Self.lock(two, "bb").status == 423)
      coordinator.clock.set(start.advanced(by: .seconds(599 + 600)))
      #expect(try await Self.lock(two, "bb").status == 200)
      #expect(coordinator.log.all.contains { $0.contains("slot freed: its time was over") && $0.contains("id=aa") })
      #expect(try await Self.lock(one, "aa").status == 423)
    }
  }

  @Test func configurationTakesEffect() async throws {
    try await TestCoordinator.run { coordinator in
      let clients = try (1...4).map { try coordinator.client("node-\($0)") }
      #expect(try await Self.lock(clients[0], "n1").status == 200)
      #expect(try await Self.lock(clients[1], "n2").status == 423)
      var settings = coordinator.settings.current
      settings.lockGroups = ["default": LockGroupPlan(slots: 3), "db": LockGroupPlan(slots: 1)]
      coordinator.settings.replace(with: settings)
      #expect(try await Self.lock(clients[1], "n2").status == 200)
      #expect(try await Self.lock(clients[2], "n3").status == 200)
      #expect(try await Self.lock(clients[3], "n4").status == 423)
      #expect(try await Self.lock(clients[3], "n4", "db").status == 200)
      // Fewer slots: those who have one keep it, nobody gets a new one until enough are free.
      settings.lockGroups = ["default": LockGroupPlan(slots: 1)]
      coordinator.settings.replace(with: settings)
      #expect(try await Self.lock(clients[0], "n1").status == 200)
      #expect(try await Self.unlock(clients[1], "n2").status == 200)
      #expect(try await Self.lock(clients[3], "n4").status == 423)
      #expect(try await Self.lock(clients[3], "n4", "db").problem?.kind == .unknownGroup)
    }
  }

  @Test func operatorsRelease() async throws {
    try await TestCoordinator.run { coordinator in
      let (node, person) = (try coordinator.client("node-1"), try coordinator.client("operator-1"))
      #expect(try await Self.lock(node, "aa").status == 200)
      #expect(try await node.ask(.DELETE, "/v1/fleetlock/default/aa").status == 403)
      #expect(try await person.ask(.DELETE, "/v1/fleetlock/default/bb").status == 404)
      let list = try await person.ask(.GET, "/v1/fleetlock").text
      #expect(list.contains(#""id":"aa""#) && list.contains(#""name":"node-1""#))
      #expect(try await person.ask(.DELETE, "/v1/fleetlock/default/aa").status == 204)
      #expect(coordinator.log.all.contains { $0.contains("released by an operator") && $0.contains("by=operator-1") })
      #expect(try await Self.lock(try coordinator.client("node-2"), "bb").status == 200)
    }
  }

  @Test func badRequests() async throws {
    let bodies: [(String, APIProblem.Kind)] = [
      (Self.body(""), .invalidClientIdentity), (Self.body("aa", ""), .invalidClientIdentity),
      (Self.body("aa", "a b"), .invalidClientIdentity), (Self.body("aa", "default/x"), .invalidClientIdentity),
      (#"{"client_params":{"id":"aa"}}"#, .invalidRequest), (#"{"client_params":7}"#, .invalidRequest),
      ("", .invalidRequest), ("{", .invalidRequest), ("[]", .invalidRequest), (Self.body("aa", "other"), .unknownGroup),
    ]
    try await TestCoordinator.run { coordinator in
      let client = try coordinator.client("node-1")
      for (body, kind) in bodies {
        for path in ["/v1/pre-reboot", "/v1/steady-state"] {
          let answer = try await client.post(path, json: body, headers: Self.header)
          #expect(answer.status == 400 && answer.problem?.kind == kind, "\(body): \(answer.text)")
        }
      }
      #expect(try await coordinator.contents().isEmpty)
    }
  }

  @Test func headerAndMethod() async throws {
    try await TestCoordinator.run { coordinator in
      let client = try coordinator.client("node-1")
      let headers: [[String: String]] = [[:], ["fleet-lock-protocol": "false"]]
      for header in headers {
        let answer = try await client.post("/v1/pre-reboot", json: Self.body("aa"), headers: header)
        #expect(answer.status == 400 && answer.problem?.kind == .missingHeader)
      }
      let get = try await client.ask(.GET, "/v1/pre-reboot", headers: Self.header)
      #expect(get.status == 405 && get.headers["Allow"] == ["POST"])
    }
  }

  /// Many clients at once never have more slots than there are.
  @Test func noSlotTwice() async throws {
    try await TestCoordinator.run({ $0.lockGroups["default"] = LockGroupPlan(slots: 3) }) { coordinator in
      let clients = try (0..<12).map { try coordinator.client("node-\($0)") }
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for (number, client) in clients.enumerated() {
          group.addTask { try await Self.lock(client, "id\(number)").status }
        }
        return try await group.reduce(into: [Int]()) { $0.append($1) }
      }
      #expect(statuses.filter { $0 == 200 }.count == 3)
      #expect(statuses.filter { $0 == 423 }.count == 9)
    }
  }
}
