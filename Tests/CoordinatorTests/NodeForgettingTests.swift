import CoordinatorAPI
import CoordinatorClient
import FleetStore
import FleetStoreSQLite
import FleetSupport
import Foundation
import GateModel
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
