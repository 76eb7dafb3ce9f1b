import CoordinatorAPI
import FleetStore
import FleetStoreSQLite
import Foundation
import GateModel
import Rollout
import Testing

@testable import Coordinator

/// What a check-in asks of the store, and leaves there.
@Suite struct CheckInTests {
  private let folder: URL
  private let store: CountingStore
  private let fleet: FleetService
  private let now = Timestamp(secondsSinceEpoch: 1_772_409_600)

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("check-in-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = CountingStore(try SQLiteFleetStore(path: folder.appendingPathComponent("fleet.db").path))
    fleet = FleetService(store: store, plans: PlanSource(store: store, reader: TestPlan.read))
  }

  private func later(_ seconds: Int) -> Timestamp { now.advanced(by: .seconds(seconds)) }

  private func holding(_ sources: [String]) -> NodeSummary {
    NodeSummary(
      held: sources.map { NodeSummary.Held(source: $0, version: "1", verdict: "hold", message: "m", since: now) })
  }

  private func index() async throws -> [String] {
    try await store.range("held/", after: nil, limit: 1000).entries.map(\.key)
  }

  @Test func oneReadAndOneTransaction() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let request = CheckInRequest(labels: ["role": "rest"], summary: holding(["systemd", "linux"]))
    _ = try await fleet.checkIn(request, by: "n1", at: now)
    let first = store.take()
    #expect(first.reads == 1 && first.ranges == 1)
    #expect(first.transactions == [["held/linux=1/n1", "held/systemd=1/n1", "nodes/n1", "summaries/n1"]])
    // It says the same again: only when it was seen is written.
    _ = try await fleet.checkIn(request, by: "n1", at: later(60))
    #expect(store.take() == CountingStore.Calls(reads: 1, ranges: 1, transactions: [["nodes/n1"]]))
    // Twice in one second, or an older one that was overtaken: nothing is.
    for moment in [later(60), later(30)] {
      _ = try await fleet.checkIn(request, by: "n1", at: moment)
      #expect(store.take() == CountingStore.Calls(reads: 1, ranges: 1))
    }
    #expect(try await fleet.node("n1").node.seen == later(60))
    // What changed and nothing else.
    let less = CheckInRequest(labels: ["role": "rest"], summary: holding(["linux"]))
    _ = try await fleet.checkIn(less, by: "n1", at: later(90))
    #expect(store.take().transactions == [["held/systemd=1/n1", "nodes/n1", "summaries/n1"]])
    #expect(try await index() == ["held/linux=1/n1"])
    // Without a summary, what it said last stays.
    _ = try await fleet.checkIn(CheckInRequest(labels: [:]), by: "n1", at: later(120))
    #expect(try await fleet.node("n1").summary == holding(["linux"]))
  }

  /// More held versions than one transaction takes: the index and the summary say the same at the end.
  @Test func moreThanOneTransactionTakes() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let sources = (0..<173).map { "source-\(1000 + $0)" }
    _ = try await fleet.checkIn(CheckInRequest(labels: [:], summary: holding(sources)), by: "n1", at: now)
    let written = store.take().transactions
    #expect(written.map(\.count) == [50, 50, 23, 52])
    #expect(try await index() == sources.map { "held/\($0)=1/n1" })
    _ = try await fleet.checkIn(CheckInRequest(labels: [:], summary: holding([])), by: "n1", at: later(60))
    #expect(try await index() == [])
    #expect(try await fleet.node("n1").summary == holding([]))
  }

  /// A node that checks in through two coordinators at once: the index says what the summary says, whoever was last.
  @Test func twoAtOnce() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let other = FleetService(store: store, plans: PlanSource(store: store, reader: TestPlan.read))
    for round in 0..<20 {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (number, service) in [fleet, other, fleet, other].enumerated() {
          group.addTask {
            let summary = holding((0..<5).map { "source-\((round + number * 2 + $0) % 11)" })
            let request = CheckInRequest(labels: [:], summary: summary)
            _ = try await service.checkIn(request, by: "n1", at: later(round * 10 + number))
          }
        }
        try await group.waitForAll()
      }
      let summary = try #require(try await fleet.node("n1").summary)
      #expect(try await index() == summary.held.map { "held/\($0.source)=1/n1" }.sorted())
    }
  }
}
