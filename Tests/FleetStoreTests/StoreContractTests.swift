import FleetStore
import TestSupport
import Testing

/// What every driver promises; see ``FleetStore``.
@Suite struct StoreContractTests {
  @Test(arguments: StoreUnderTest.Kind.available)
  func valuesAndVersions(_ kind: StoreUnderTest.Kind) async throws {
    let database = try await StoreUnderTest(kind)
    let store = try database.open()
    #expect(try await store.get("a") == nil)
    #expect(try await store.read([]).isEmpty)

    let first = try await store.put("a", "1", "b", "2")
    let written = try await store.read(["a", "b", "none"])
    #expect(written.keys.sorted() == ["a", "b"])
    #expect(written["a"]?.version == first && written["b"]?.version == first)
    #expect(written["a"]?.bytes == Array("1".utf8))

    let second = try await store.put("a", "")
    #expect(second > first)
    #expect(try await store.get("a") == StoredValue(bytes: [], version: second))
    #expect(try await store.get("b")?.version == first)

    // What is deleted and written again never has an old version.
    _ = try await store.committed(StoreTransaction(writes: [.delete(key: "a"), .delete(key: "none")]))
    #expect(try await store.get("a") == nil)
    let third = try await store.put("a", "1")
    #expect(third > second)
    #expect(try await store.transact(.init(conditions: [.init("a", is: second)])) == .conflict)
  }

  @Test(arguments: StoreUnderTest.Kind.available)
  func conflictsWriteNothing(_ kind: StoreUnderTest.Kind) async throws {
    let database = try await StoreUnderTest(kind)
    let store = try database.open()
    let version = try await store.put("a", "1")
    let writes: [StoreWrite] = [.put(key: "a", bytes: [9]), .put(key: "c", bytes: [9]), .delete(key: "a")]
    for condition in [
      StoreCondition("a", is: nil), StoreCondition("a", is: version + 1), StoreCondition("b", is: version),
    ] {
      let transaction = StoreTransaction(
        conditions: [.init("a", is: version), condition].suffix(condition.key == "a" ? 1 : 2),
        writes: Array(writes.prefix(2)))
      #expect(try await store.transact(transaction) == .conflict)
    }
    #expect(try await store.get("a") == StoredValue(bytes: Array("1".utf8), version: version))
    #expect(try await store.get("c") == nil)

    let right = StoreTransaction(
      conditions: [.init("a", is: version), .init("b", is: nil)], writes: [.put(key: "b", bytes: [1]), writes[2]])
    #expect(try await store.committed(right) > version)
    #expect(try await store.read(["a", "b"]).keys.sorted() == ["b"])
  }

  @Test(arguments: StoreUnderTest.Kind.available)
  func rangesInTheOrderOfBytes(_ kind: StoreUnderTest.Kind) async throws {
    let database = try await StoreUnderTest(kind)
    let store = try database.open()
    let keys = [
      "node", "node/", "node/a", "node/a/b", "node/a0", "node/\u{7F}", "node/é", "node/\u{10FFFF}", "node0", "z",
    ]
    _ = try await store.committed(.init(writes: keys.map { .put(key: $0, bytes: Array($0.utf8)) }))
    let below = keys.filter { $0.utf8.starts(with: "node/".utf8) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }

    let whole = try await store.range("node/", after: nil, limit: 100)
    #expect(whole.entries.map(\.key) == below && !whole.hasMore)
    #expect(whole.entries.allSatisfy { $0.value.bytes == Array($0.key.utf8) })
    for limit in 1...below.count {
      var found: [String] = []
      var page = try await store.range("node/", after: nil, limit: limit)
      found += page.entries.map(\.key)
      while page.hasMore {
        #expect(page.entries.count == limit)
        page = try await store.range("node/", after: found.last, limit: limit)
        found += page.entries.map(\.key)
      }
      #expect(found == below)
    }
    #expect(try await store.range("node/", after: "a", limit: 100).entries.map(\.key) == below)
    #expect(try await store.range("node/", after: "node/a/a", limit: 1).entries.map(\.key) == ["node/a/b"])
    #expect(try await store.range("node/", after: "x", limit: 100).entries.isEmpty)
    #expect(try await store.range("", after: "node0", limit: 100).entries.map(\.key) == ["z"])
    #expect(try await store.range("none", after: nil, limit: 1) == StoredPage(entries: [], hasMore: false))
  }

  @Test(arguments: StoreUnderTest.Kind.available)
  func limits(_ kind: StoreUnderTest.Kind) async throws {
    let database = try await StoreUnderTest(kind)
    let store = try database.open()
    let largest = [UInt8](repeating: 0xA5, count: StoreLimit.largestValue)
    let longest = String(repeating: "k", count: StoreLimit.longestKey)
    _ = try await store.committed(.init(writes: [.put(key: longest, bytes: largest)]))
    #expect(try await store.get(longest)?.bytes == largest)
    let many = (0..<StoreLimit.mostOperations).map { StoreWrite.put(key: "k\($0)", bytes: [1]) }
    _ = try await store.committed(.init(writes: many))
    #expect(try await store.read(many.map(\.key)).count == many.count)

    for bad: StoreTransaction in [
      .init(writes: many + [.put(key: "one", bytes: [])]), .init(writes: [.put(key: "", bytes: [])]),
      .init(writes: [.put(key: longest + "k", bytes: [])]), .init(writes: [.put(key: "k", bytes: largest + [0])]),
      .init(writes: [.delete(key: "k"), .put(key: "k", bytes: [])]),
    ] {
      await #expect(throws: FleetStoreError.self) { try await store.transact(bad) }
    }
    await #expect(throws: FleetStoreError.self) { try await store.read(many.map(\.key) + ["one"]) }
    await #expect(throws: FleetStoreError.self) { try await store.range("k", after: nil, limit: 0) }
    await #expect(throws: FleetStoreError.self) {
      try await store.range("k", after: nil, limit: StoreLimit.largestPage + 1)
    }
  }

  /// Random transactions against a dictionary that does what the protocol says.
  @Test(arguments: StoreUnderTest.Kind.available)
  func asAModel(_ kind: StoreUnderTest.Kind) async throws {
    let database = try await StoreUnderTest(kind)
    let stores = [try database.open(), try database.open()]
    var seed = Seed("fleet store as a model, \(kind.rawValue)")
    var model: [String: StoredValue] = [:]
    var latest: UInt64 = 0
    for step in 0..<300 {
      let store = stores[seed.below(2)]
      let transaction = Self.random(&seed, model: model)
      let holds = transaction.conditions.allSatisfy { model[$0.key]?.version == $0.version }
      switch try await store.transact(transaction) {
      case .conflict: #expect(!holds, "step \(step)")
      case .committed(let version):
        #expect(holds, "step \(step)")
        #expect(version >= latest)
        latest = version
        for write in transaction.writes {
          switch write {
          case .put(let key, let bytes): model[key] = StoredValue(bytes: bytes, version: version)
          case .delete(let key): model[key] = nil
          }
        }
      }
      if step % 20 == 0 {
        let found = try await stores[1 - seed.below(2)].range("", after: nil, limit: 1000).entries
        #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.key, $0.value) }) == model)
      }
    }
  }

  private static func random(_ seed: inout Seed, model: [String: StoredValue]) -> StoreTransaction {
    let keys = (0..<12).map { "k\($0)" }.shuffled(using: &seed)
    let conditions = keys.prefix(seed.below(3)).map { key in
      StoreCondition(key, is: seed.below(4) == 0 ? UInt64(seed.below(50)) + 1 : model[key]?.version)
    }
    let writes = keys.shuffled(using: &seed).prefix(1 + seed.below(4)).map { key -> StoreWrite in
      seed.below(3) == 0 ? .delete(key: key) : .put(key: key, bytes: seed.bytes(seed.below(40)))
    }
    return StoreTransaction(conditions: Array(conditions), writes: Array(writes))
  }
}
