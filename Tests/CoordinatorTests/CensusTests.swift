import CoordinatorPages
import FleetStore
import FleetStoreSQLite
import Foundation
import GateModel
import Rollout
import Testing

@testable import Coordinator

/// How many nodes there are and what they hold, which no page counts in a large fleet.
@Suite struct CensusTests {
  private static let now = Timestamp(secondsSinceEpoch: 1_790_000_000)
  private static let plan = FleetPlan(groups: [], rings: [])
  private static let key = "census"

  private static func withStore(_ body: (SQLiteFleetStore) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "census-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(try SQLiteFleetStore(path: folder.appending(path: "fleet.db").path))
  }

  private static func survey(_ count: Int) -> (survey: FleetSurvey, census: FleetCensus) {
    var (survey, census) = (FleetSurvey(plan), FleetCensus(at: now))
    for number in 0..<count {
      let node = FleetNode(name: "node-\(number)", labels: [:], seen: now, problem: nil)
      survey.count(node)
      census.count(node)
    }
    return (survey, census)
  }

  private static func put(_ records: [(key: String, value: some Encodable)], in store: SQLiteFleetStore) async throws {
    for start in stride(from: 0, to: records.count, by: 50) {
      let writes = try records[start..<min(start + 50, records.count)].map { record in
        StoreWrite.put(key: record.key, bytes: Array(try JSONEncoder().encode(record.value)))
      }
      _ = try await store.transact(StoreTransaction(writes: writes))
    }
  }

  @Test func aLargeFleetIsShownAsItWasCounted() async throws {
    try await Self.withStore { store in
      let taker = CensusTaker(store: store)
      let (survey, census) = Self.survey(300)
      try await taker.keep(census, survey)
      #expect(try await taker.census(under: Self.plan, at: Self.now).nodes == 300)
      // Whatever another coordinator counts later is shown, though this one has read what was there.
      let (more, later) = Self.survey(400)
      try await CensusTaker(store: store).keep(later, more)
      #expect(try await taker.census(under: Self.plan, at: Self.now).nodes == 400)
    }
  }

  /// One that has become small counts itself again, and not what it was.
  @Test func aFleetThatShrank() async throws {
    try await Self.withStore { store in
      let taker = CensusTaker(store: store)
      let (survey, census) = Self.survey(300)
      try await taker.keep(census, survey)
      let node = FleetNode(name: "node-1", labels: [:], seen: Self.now, problem: nil)
      try await Self.put([("nodes/node-1", node)], in: store)
      let (few, small) = Self.survey(1)
      try await taker.keep(small, few)
      #expect(try await store.get(Self.key) == nil)
      #expect(try await taker.census(under: Self.plan, at: Self.now).nodes == 1)
    }
  }

  /// However long what nodes say of their holds is, what was counted fits into the store.
  @Test func theListOfHeldVersionsIsBounded() async throws {
    try await Self.withStore { store in
      let long = String(repeating: "\u{1F512}", count: 240)
      let held = HeldOnNode(
        verdict: "hold", since: Self.now, rules: (0..<8).map { "\(long.prefix(30))/\($0)" }, message: long,
        security: nil)
      try await Self.put((1000..<1900).map { ("held/package=\($0)/node-1", held) }, in: store)
      let (survey, census) = Self.survey(300)
      let taker = CensusTaker(store: store)
      try await taker.keep(census, survey)
      let bytes = try #require(try await store.get(Self.key)).bytes.count
      #expect(bytes < StoreLimit.largestValue)
      let kept = try await taker.census(under: Self.plan, at: Self.now)
      #expect(kept.heldIsCut && kept.held.count > 100 && kept.held.count < 900 && kept.nodes == 300)
    }
  }

  @Test func aRecordIsDecodedOnceForEachVersion() throws {
    let records = DecodedRecords<[Int]>()
    #expect(try records.record(StoredValue(bytes: Array("[1]".utf8), version: 1), at: "a") == [1])
    // The bytes of a version never change: these are not looked at.
    #expect(try records.record(StoredValue(bytes: Array("[2]".utf8), version: 1), at: "a") == [1])
    #expect(try records.record(StoredValue(bytes: Array("[2]".utf8), version: 2), at: "a") == [2])
    #expect(try records.record(StoredValue(bytes: Array("[3]".utf8), version: 2), at: "b") == [3])
    #expect(throws: DecodingError.self) {
      try records.record(StoredValue(bytes: Array("{".utf8), version: 3), at: "a")
    }
  }
}
