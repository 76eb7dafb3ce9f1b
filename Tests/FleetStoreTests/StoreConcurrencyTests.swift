import FleetStore
import Testing

/// Several coordinators on one store.
@Suite struct StoreConcurrencyTests {
  @Test(arguments: StoreUnderTest.Kind.available)
  func noWriteIsLost(_ kind: StoreUnderTest.Kind) async throws {
    let database = try await StoreUnderTest(kind)
    let stores = [try database.open(), try database.open(), try database.open()]
    let (tasks, times) = (12, 10)
    let versions = try await withThrowingTaskGroup(of: [UInt64].self) { group in
      for number in 0..<tasks {
        group.addTask { try await Self.increment(stores[number % stores.count], times: times) }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(Set(versions).count == tasks * times, "each commit has a version of its own")
    #expect(try await stores[0].get("count")?.bytes == Array("\(tasks * times)".utf8))
  }

  private static func increment(_ store: any FleetStore, times: Int) async throws -> [UInt64] {
    var versions: [UInt64] = []
    while versions.count < times {
      let now = try await store.get("count")
      let count = now.flatMap { Int(String(decoding: $0.bytes, as: UTF8.self)) } ?? 0
      let outcome = try await store.transact(
        StoreTransaction(
          conditions: [.init("count", is: now?.version)],
          writes: [.put(key: "count", bytes: Array("\(count + 1)".utf8))]
        ))
      if case .committed(let version) = outcome { versions.append(version) }
    }
    return versions
  }

  /// Two keys that are only ever written together are never read apart, and never go back.
  @Test(arguments: StoreUnderTest.Kind.available)
  func readsAreOfOneMoment(_ kind: StoreUnderTest.Kind) async throws {
    let database = try await StoreUnderTest(kind)
    let (writer, reader) = (try database.open(), try database.open())
    _ = try await writer.put("x", "0", "y", "0")
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { for number in 1...100 { _ = try await writer.put("x", "\(number)", "y", "\(number)") } }
      group.addTask {
        var last: UInt64 = 0
        for _ in 0..<100 {
          let found = try await reader.read(["x", "y"])
          #expect(found["x"] == found["y"])
          #expect(found["x"]?.version ?? 0 >= last)
          last = found["x"]?.version ?? 0
        }
      }
      try await group.waitForAll()
    }
    // What is committed is seen by whoever asks afterwards.
    let version = try await writer.put("x", "end")
    #expect(try await reader.get("x")?.version == version)
  }

  /// However many ask at once, over however many connections: each sees its own write and what was committed before it asked.
  @Test(arguments: StoreUnderTest.Kind.available)
  func manyAtOnceSeeWhatWasCommittedBefore(_ kind: StoreUnderTest.Kind) async throws {
    let database = try await StoreUnderTest(kind)
    let stores = [try database.open(deadline: .seconds(60)), try database.open(deadline: .seconds(60))]
    let callers = kind == .sqlite ? 400 : 60
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<callers {
        group.addTask {
          let store = stores[number % 2]
          for round in 1...3 {
            let version = try await store.put("own/\(1000 + number)", "\(round)")
            let other = stores[round % 2]
            #expect(try await other.get("own/\(1000 + number)")?.version == version)
            let page = try await other.range("own/\(1000 + number)", after: nil, limit: number % 2 == 0 ? 5 : 500)
            #expect(page.entries.map(\.value.version) == [version])
          }
        }
      }
      try await group.waitForAll()
    }
    let all = try await stores[0].range("own/", after: nil, limit: 1000).entries
    #expect(all.count == callers && all.allSatisfy { $0.value.bytes == Array("3".utf8) })
    #expect(Set(all.map(\.value.version)).count == callers)
  }

  /// Of transactions on one key that are asked for at once, exactly one is committed; the others write nothing.
  @Test(arguments: StoreUnderTest.Kind.available)
  func oneOfManyWins(_ kind: StoreUnderTest.Kind) async throws {
    let database = try await StoreUnderTest(kind)
    let store = try database.open(deadline: .seconds(60))
    let version = try await store.put("key", "")
    let winners = try await withThrowingTaskGroup(of: (number: Int, version: UInt64)?.self) { group in
      for number in 0..<100 {
        group.addTask {
          let writes = ["key", "from/\(number)"].map { StoreWrite.put(key: $0, bytes: Array("\(number)".utf8)) }
          let transaction = StoreTransaction(conditions: [StoreCondition("key", is: version)], writes: writes)
          guard case .committed(let version) = try await store.transact(transaction) else { return nil }
          return (number, version)
        }
      }
      var winners: [(number: Int, version: UInt64)] = []
      for try await winner in group { winners += winner.map { [$0] } ?? [] }
      return winners
    }
    #expect(winners.count == 1)
    let winner = try #require(winners.first)
    let bytes = Array("\(winner.number)".utf8)
    #expect(try await store.get("key") == StoredValue(bytes: bytes, version: winner.version))
    #expect(try await store.range("from/", after: nil, limit: 100).entries.map(\.key) == ["from/\(winner.number)"])
  }

  @Test(arguments: StoreUnderTest.Kind.available)
  func whatIsCommittedSurvives(_ kind: StoreUnderTest.Kind) async throws {
    let database = try await StoreUnderTest(kind)
    let version = try await database.open().put("a", "1")
    try await database.restart()
    let again = try database.open()
    #expect(try await again.get("a")?.version == version)
    #expect(try await again.put("a", "2") > version)
  }
}
