import Coordinator
import CoordinatorAPI
import CoordinatorClient
import FleetSupport
import Foundation
import GateModel
import NIOHTTP1
import Rollout
import Testing

/// Nodes and operators over HTTPS with the client that they use.
@Suite struct FleetFlowTests {
  private static let plan = "canary node-1 1 60\nrest node-[2-9] 1 0\n"
  private static let limit = Duration.seconds(20)
  private static let artifacts = [
    Artifact(
      name: "systemd", architecture: "amd64", version: "252.39-1~deb12u1",
      sha256: String(repeating: "ab", count: 32))
  ]

  private static func rollout() throws -> RolloutID { try #require(RolloutID("systemd=252.39-1~deb12u1")) }

  private static func withNodes(
    _ body: @Sendable (TestCoordinator, [String: CoordinatorClient]) async throws -> Void
  ) async throws {
    try await TestCoordinator.run { coordinator in
      coordinator.clock.set(coordinator.clock.now)
      var clients: [String: CoordinatorClient] = [:]
      for name in ["node-1", "node-2", "node-3", "operator-1", "approver-1", "viewer"] {
        let files = try coordinator.authority.issue(name)
        clients[name] = try CoordinatorClient(
          CoordinatorAddress(
            url: "https://127.0.0.1:\(coordinator.port)", trustedCertificates: coordinator.authority.certificate,
            certificate: files.certificate, key: files.key))
      }
      let change = ConfigurationChange(text: plan, replaces: nil, reason: "test")
      _ = try await clients["operator-1"]?.replaceConfiguration(with: change, within: limit)
      for name in ["node-1", "node-2", "node-3"] {
        _ = try await clients[name]?.checkIn(CheckInRequest(labels: [:]), within: limit)
      }
      try await body(coordinator, clients)
      for client in clients.values { await client.close() }
    }
  }

  @Test func theCanaryFirst() async throws {
    let id = try Self.rollout()
    try await Self.withNodes { coordinator, clients in
      let (one, two, three) = (
        try #require(clients["node-1"]), try #require(clients["node-2"]), try #require(clients["node-3"])
      )
      let claim = ClaimRequest(rollout: id, artifacts: Self.artifacts)
      // The second ring waits, and says for what.
      let early = try await two.claim(claim, within: Self.limit)
      #expect(early.answer == .wait && early.reasons.contains { $0.contains("ring `canary` has not passed") })
      let grant = try #require(try await one.claim(claim, within: Self.limit).grant)
      #expect(grant.node == "node-1" && grant.remaining > 0)
      #expect(try await one.claim(claim, within: Self.limit).grant?.token == grant.token, "asking again gives the same")

      let confirm = ConfirmRequest(rollout: id, token: grant.token)
      #expect(try await one.confirm(confirm, within: Self.limit).answer == .go)
      let report = ReportRequest(rollout: id, token: grant.token, outcome: .healthy)
      #expect(try await one.report(report, within: Self.limit).phase == .healthy)

      // The soak is over by the coordinator's clock and by the node's.
      coordinator.clock.set(coordinator.clock.now.advanced(by: .seconds(61)))
      let word = RolloutWord(rollout: id, state: .healthy, healthySeconds: 61)
      let checkedIn = try await one.checkIn(CheckInRequest(labels: [:], rollouts: [word]), within: Self.limit)
      #expect(checkedIn.phases.first?.phase == .soaked && checkedIn.active == [id])

      // One at a time from here on.
      #expect(try await two.claim(claim, within: Self.limit).answer == .grant)
      let waiting = try await three.claim(claim, within: Self.limit)
      #expect(waiting.answer == .wait && waiting.reasons.contains { $0.contains("all slots") })
      let document = try #require(try await clients["viewer"]?.rollout(id, within: Self.limit))
      #expect(document.report.rings.map(\.name) == ["canary", "rest"])
      #expect(document.report.rings.map(\.state) == [.passed, .open] && document.slots.map(\.node) == ["node-2"])
      let members = try await clients["viewer"]?.members(of: id, within: Self.limit)
      #expect(members?.map(\.phase) == [.soaked, .granted, .waiting])
      #expect(document.artifacts == Self.artifacts)
    }
  }

  /// A token of another node is worth nothing, whatever the body says.
  @Test func theTokenOfAnother() async throws {
    let id = try Self.rollout()
    try await Self.withNodes { coordinator, clients in
      let (one, two) = (try #require(clients["node-1"]), try #require(clients["node-2"]))
      let claim = ClaimRequest(rollout: id, artifacts: Self.artifacts)
      let token = try #require(try await one.claim(claim, within: Self.limit).grant).token
      let before = try await coordinator.contents()
      #expect(try await two.confirm(ConfirmRequest(rollout: id, token: token), within: Self.limit).answer == .stop)
      for outcome in ReportRequest.Outcome.allCases {
        let report = ReportRequest(rollout: id, token: token, outcome: outcome, reason: "I am node-1")
        await #expect(throws: CoordinatorClientError.self) { try await two.report(report, within: Self.limit) }
      }
      #expect(try await coordinator.contents() == before, "nothing changed")
      #expect(coordinator.log.all.contains { $0.contains("kind=refused") && $0.contains("identity=node-2") })
      // Nor may a node give orders, or an operator claim.
      await #expect(throws: CoordinatorClientError.self) {
        try await one.order(.halt, id, OrderRequest(reason: "x"), within: Self.limit)
      }
      await #expect(throws: CoordinatorClientError.self) {
        try await clients["operator-1"]?.claim(claim, within: Self.limit)
      }
    }
  }

  @Test func failureHaltsAndOperatorsResume() async throws {
    let id = try Self.rollout()
    try await Self.withNodes { coordinator, clients in
      let (one, two) = (try #require(clients["node-1"]), try #require(clients["node-2"]))
      let person = try #require(clients["operator-1"])
      let claim = ClaimRequest(rollout: id, artifacts: Self.artifacts)
      let token = try #require(try await one.claim(claim, within: Self.limit).grant).token
      _ = try await one.confirm(ConfirmRequest(rollout: id, token: token), within: Self.limit)
      let failed = ReportRequest(rollout: id, token: token, outcome: .failed, reason: "a route is lost")
      #expect(try await one.report(failed, within: Self.limit).phase == .failed)
      let halted = try await person.rollout(id, within: Self.limit)
      #expect(halted.report.status == .halted && halted.report.note?.reason.contains("a route is lost") == true)
      let answer = try await two.claim(claim, within: Self.limit)
      #expect(answer.answer == .wait && answer.reasons.contains { $0.contains("a route is lost") })

      try await person.order(.retry, id, OrderRequest(reason: "mended", node: "node-1"), within: Self.limit)
      try await person.order(.resume, id, OrderRequest(reason: "mended"), within: Self.limit)
      #expect(try await one.claim(claim, within: Self.limit).answer == .grant)
      let journal = try await person.rollout(id, within: Self.limit).journal
      #expect(journal.contains { $0.kind == .resumed && $0.note.by == "operator-1" && $0.note.reason == "mended" })
      await #expect(throws: CoordinatorClientError.self, "an approval needs the role approver") {
        try await person.order(.approve, id, OrderRequest(reason: "x", ring: "rest"), within: Self.limit)
      }
    }
  }

  /// Silence is failure, though nobody asks.
  @Test func silence() async throws {
    let id = try Self.rollout()
    try await Self.withNodes { coordinator, clients in
      let one = try #require(clients["node-1"])
      let claim = ClaimRequest(rollout: id, artifacts: Self.artifacts)
      let grant = try #require(try await one.claim(claim, within: Self.limit).grant)
      coordinator.clock.set(grant.deadline)
      let confirm = try await one.confirm(ConfirmRequest(rollout: id, token: grant.token), within: Self.limit)
      #expect(confirm.answer == .stop)
      let sweep = try #require(coordinator.sweep)
      try await sweep(grant.deadline)
      let status = try await clients["viewer"]?.rollout(id, within: Self.limit).report.status
      #expect(status == .halted)
    }
  }

  @Test func configuration() async throws {
    try await Self.withNodes { coordinator, clients in
      let person = try #require(clients["operator-1"])
      let now = try await person.configuration(within: Self.limit)
      #expect(now.text == Self.plan)
      // What cannot be read is refused, with the reason; what another has replaced meanwhile too.
      for change in [
        ConfigurationChange(text: "nonsense", replaces: now.version, reason: "x"),
        ConfigurationChange(text: Self.plan, replaces: nil, reason: "x"),
        ConfigurationChange(text: Self.plan, replaces: now.version, reason: " "),
      ] {
        await #expect(throws: CoordinatorClientError.self) {
          try await person.replaceConfiguration(with: change, within: Self.limit)
        }
      }
      #expect(try await person.configuration(within: Self.limit) == now)
      let next = try await person.replaceConfiguration(
        with: ConfigurationChange(text: "all node-* 5 0\n", replaces: now.version, reason: "wider"), within: Self.limit)
      #expect(next.version > now.version)
    }
  }
}
