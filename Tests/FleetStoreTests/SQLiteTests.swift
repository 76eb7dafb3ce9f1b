import FleetStore
import Foundation
import GRDB
import Testing

@testable import FleetStoreSQLite

/// What only the store in a file has: other processes of the machine that hold its lock.
@Suite struct SQLiteTests {
  /// A page reads the keys of its range and no others, however many there are before and after it.
  @Test func aPageReadsItsRangeAlone() async throws {
    let database = try await StoreUnderTest(.sqlite)
    _ = try await database.open().put("a", "1")
    let other = try DatabaseQueue(path: database.folder.appendingPathComponent("fleet.db").path)
    let plan = try await other.read { connection in
      try Row.fetchAll(
        connection, sql: "EXPLAIN QUERY PLAN \(StoreDatabase.pageQuery)", arguments: [Data([1]), Data([2]), 1]
      ).map { $0["detail"] as String }
    }
    #expect(plan.count == 1)
    #expect(plan[0].hasPrefix("SEARCH entry USING INDEX") && plan[0].hasSuffix("(key>? AND key<?)"), "\(plan)")
  }

  /// Another process writes and does not end: who reads goes on, who writes is told in time, and nothing is lost afterwards.
  @Test func aLockThatIsNotGivenBack() async throws {
    let database = try await StoreUnderTest(.sqlite)
    let store = try database.open(deadline: .milliseconds(400))
    let version = try await store.put("a", "1")
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(
      path: database.folder.appendingPathComponent("fleet.db").path, configuration: configuration)
    let began = ContinuousClock.now
    try await other.writeWithoutTransaction { connection in
      try connection.execute(sql: "BEGIN IMMEDIATE")
    }
    // Several at once: each of them is answered.
    let errors = await withTaskGroup(of: FleetStoreError.Code?.self) { group in
      for number in 0..<20 {
        group.addTask {
          do throws(FleetStoreError) {
            let write = StoreWrite.put(key: "b\(number)", bytes: [1])
            _ = try await store.transact(StoreTransaction(writes: [write]))
            return nil
          } catch {
            return error.code
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(errors.allSatisfy { $0 == .unavailable || $0 == .unknownOutcome }, "\(errors)")
    // Not one after the other, and not for ever; a machine that is busy is given its time.
    #expect(ContinuousClock.now - began < .seconds(20))
    #expect(try await store.get("a")?.version == version)
    try await other.writeWithoutTransaction { connection in
      try connection.execute(sql: "ROLLBACK")
    }
    // What could not be done in time may be done now, or not at all; what is asked for from now on is.
    var outcome: StoreOutcome?
    for _ in 0..<50 where outcome == nil {
      outcome = try? await store.transact(StoreTransaction(writes: [.put(key: "c", bytes: [1])]))
    }
    guard case .committed(let later)? = outcome else { return #expect(Bool(false), "\(String(describing: outcome))") }
    #expect(later > version)
    #expect(try await store.get("c")?.version == later)
  }
}
