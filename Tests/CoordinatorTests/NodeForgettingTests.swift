import AuditReport
import CoordinatorAPI
import CoordinatorClient
import FleetStore
import FleetStoreSQLite
import FleetSupport
import Foundation
import GateModel
import LedgerLog
import NIOHTTP1
import Rollout
import RolloutCoordination
import Testing

/// An operator takes a node out of the fleet.
@Suite struct NodeForgettingTests {
  private static let limit = Duration.seconds(20)

  private static func client(_ name: String, _ coordinator: TestCoordinator) throws -> CoordinatorClient {
    let files = try coordinator.authority.issue(name)
    return try CoordinatorClient(
      CoordinatorAddress(
        url: "https://127.0.0.1:\(coordinator.port)", trustedCertificates: coordinator.authority.certificate,
        certificate: files.certificate, key: files.key))
  }

  /// Keys about a node, without what the audit log says of it.
  private static func keys(about node: String, _ coordinator: TestCoordinator) async throws -> [String] {
    try await coordinator.contents().map(\.key).filter { $0.hasSuffix(node) }
  }

  @Test func nothingOfItIsLeft() async throws {
    try await TestCoordinator.run { coordinator in
      let (node, person) = (try Self.client("node-1", coordinator), try Self.client("operator-1", coordinator))
      let other = try Self.client("node-2", coordinator)
      let held = (0..<120).map {
        NodeSummary.Held(source: "source-\($0)", version: "1", verdict: "hold", message: "", since: nil)
      }
      let request = CheckInRequest(labels: [:], summary: NodeSummary(held: held))
      for one in [node, other] { _ = try await one.checkIn(request, within: Self.limit) }
      let before = try await Self.keys(about: "node-2", coordinator)
      try await person.forget("node-1", because: "scrapped", within: Self.limit)
      #expect(try await Self.keys(about: "node-1", coordinator) == [])
      #expect(try await Self.keys(about: "node-2", coordinator) == before && before.count == 122)
      #expect(try await person.nodes(within: Self.limit).map(\.name) == ["node-2"])
      let entry = try #require(try await coordinator.store.range("audit/entry/", after: nil, limit: 10).entries.first)
      let text = String(decoding: entry.value.bytes, as: UTF8.self)
      #expect(
        text.contains("\"forget\"") && text.contains("\"scrapped\"") && text.contains("\"operator-1\""), "\(text)")
      // It is not there any more; and it may come back.
      await #expect(throws: CoordinatorClientError.self) {
        try await person.forget("node-1", because: "again", within: Self.limit)
      }
      _ = try await node.checkIn(request, within: Self.limit)
      #expect(try await Self.keys(about: "node-1", coordinator).count == 122)
      for one in [node, other, person] { await one.close() }
    }
  }

  /// What it told goes; what was seen of its ledger, and what contradicts it, stays for an audit.
  @Test func theWitnessForgetsNothing() async throws {
    try await TestCoordinator.run { coordinator in
      let (node, person) = (try Self.client("node-1", coordinator), try Self.client("operator-1", coordinator))
      let (key, other) = (
        try SigningKey.random(name: "node-1/apt-gate"), try SigningKey.random(name: "node-1/apt-gate")
      )
      func offer(_ size: Int, by key: SigningKey) throws -> CheckInRequest {
        let checkpoint = Checkpoint(origin: key.name, size: size, root: .leaf([UInt8(size)]))
        let signed = try SignedCheckpoint(checkpoint, signedBy: key)
        return CheckInRequest(
          labels: [:],
          ledger: LedgerOffer(key: key.verifierKey.description, checkpoint: signed.text, from: 0, proof: []))
      }
      #expect(try await node.checkIn(offer(1, by: key), within: Self.limit).ledger?.state == .cosigned)
      #expect(try await node.checkIn(offer(2, by: other), within: Self.limit).ledger?.state == .contradicted)
      let raw = try coordinator.client("node-1")
      let history = try HistoryTests.body(HistoryTests.history())
      #expect(try await raw.ask(.PUT, "/v1/node/history", body: history).status == 204)
      let witnessed = try await Self.ledgers(coordinator)
      #expect(witnessed.count == 4, "seen, standing, alarm, evidence")

      try await person.forget("node-1", because: "scrapped", within: Self.limit)
      #expect(try await coordinator.store.get("histories/node-1") == nil)
      #expect(try await Self.ledgers(coordinator) == witnessed)
      let list = try await person.evidence(against: "node-1", within: Self.limit)
      #expect(list.evidence.count == 1 && list.ledger.key == key.verifierKey.description)
      let seen = try SignedCheckpoint(Array(list.ledger.checkpoint.utf8), verifiedBy: key.verifierKey)
      #expect(seen.checkpoint.size == 1)
      // A history that was under way comes too late.
      #expect(try await raw.ask(.PUT, "/v1/node/history", body: history).status == 409)
      #expect(try await coordinator.store.get("histories/node-1") == nil)

      // The next machine of that name has no account yet, and is no way around the witness.
      #expect(try await node.checkIn(offer(3, by: other), within: Self.limit).ledger?.state == .contradicted)
      let page = try await coordinator.client("auditor").ask(.GET, "/v1/fleet/histories")
      let nodes = try page.json(FleetHistoryPage.self).nodes
      #expect(nodes.map(\.node) == ["node-1"] && nodes.first?.history == nil)
      for one in [node, person] { await one.close() }
    }
  }

  private static func ledgers(_ coordinator: TestCoordinator) async throws -> [StoredEntry] {
    try await coordinator.contents().filter { $0.key.hasPrefix("ledgers/") && $0.key.contains("/node-1") }
  }

  /// A node that has a slot is counted by it.
  @Test func notWhileItHasASlot() async throws {
    try await TestCoordinator.run { coordinator in
      coordinator.clock.set(coordinator.clock.now)
      let (node, person) = (try Self.client("node-1", coordinator), try Self.client("operator-1", coordinator))
      let change = ConfigurationChange(text: "canary node-1 1 0\n", replaces: nil, reason: "test")
      _ = try await person.replaceConfiguration(with: change, within: Self.limit)
      _ = try await node.checkIn(CheckInRequest(labels: [:]), within: Self.limit)
      let id = try #require(RolloutID("systemd=252.39-1~deb12u1"))
      let artifact = Artifact(
        name: "systemd", architecture: "amd64", version: id.version.text, sha256: String(repeating: "a", count: 64))
      let claim = ClaimRequest(rollout: id, artifacts: [artifact])
      #expect(try await node.claim(claim, within: Self.limit).answer == .grant)
      let error = await #expect(throws: CoordinatorClientError.self) {
        try await person.forget("node-1", because: "scrapped", within: Self.limit)
      }
      #expect("\(try #require(error))".contains("has a slot for `\(id)`"))
      #expect(try await coordinator.store.get(FleetKey.node("node-1")) != nil)
      // Its time passes without a word, and its slot is free.
      try await coordinator.sweep?(coordinator.clock.now.advanced(by: .seconds(7 * 86_400)))
      try await person.forget("node-1", because: "scrapped", within: Self.limit)
      #expect(try await coordinator.store.get(FleetKey.node("node-1")) == nil)
      // What it did stays.
      #expect(try await person.members(of: id, within: Self.limit).map(\.node) == ["node-1"])
      for one in [node, person] { await one.close() }
    }
  }
}
