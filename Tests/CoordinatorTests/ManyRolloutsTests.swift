import CoordinatorAPI
import FleetStore
import FleetStoreSQLite
import Foundation
import GateModel
import Rollout
import Testing

/// What is underway is found among however many rollouts that are over.
@Suite struct ManyRolloutsTests {
  /// More than a page reads one after the other.
  private static func bury(_ coordinator: TestCoordinator) async throws {
    for hundred in 0..<22 {
      let writes = try (0..<50).map { number -> StoreWrite in
        let id = try #require(RolloutID(source: "aaa-\(hundred * 50 + number)", version: "1"))
        var head = RolloutHead(id: id, created: coordinator.clock.now)
        head.status = .superseded
        return .put(key: "rollouts/head/\(id)", bytes: Array(try JSONEncoder().encode(head)))
      }
      _ = try await coordinator.store.transact(StoreTransaction(writes: writes))
    }
  }

  @Test func whatIsUnderwayIsFound() async throws {
    try await TestCoordinator.run { coordinator in
      try await PageTests.settle(coordinator)
      try await Self.bury(coordinator)
      let now = coordinator.clock.now
      let member = NodeRecord(node: "node-1", ring: "first", phase: .failed, since: now)
      _ = try await coordinator.store.transact(
        StoreTransaction(writes: [
          .put(key: "rollouts/node/systemd=252.39-1/node-1", bytes: Array(try JSONEncoder().encode(member)))
        ]))
      let person = try await PageVisitor.signedIn(coordinator, "anna", [.operator, .auditor])
      for path in ["/", "/approvals", "/nodes/node-1"] {
        let page = try await person.get(path)
        #expect(page.status == 200)
        let link = path == "/approvals" ? "\"/rollouts/systemd%3D252.39-1/halt\"" : "\"/rollouts/systemd%3D252.39-1\""
        #expect(page.text.contains(link), "\(path)")
      }
    }
  }
}
