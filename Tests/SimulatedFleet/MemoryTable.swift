import FleetStore

/// The contents of a store, without time: what a store does at the moment when it does it.
struct MemoryTable {
  private(set) var values: [String: StoredValue] = [:]
  private var version: UInt64 = 0
  /// Whether conditions are looked at. A store that does not is broken on purpose, to see that it is found out.
  var comparesVersions = true

  func read(_ keys: [String]) -> [String: StoredValue] {
    var found: [String: StoredValue] = [:]
    for key in keys { found[key] = values[key] }
    return found
  }

  func range(_ prefix: String, after: String?, limit: Int) -> StoredPage {
    let keys = values.keys.filter { key in
      key.hasPrefix(prefix) && (after.map { isBefore($0, key) } ?? true)
    }
    let sorted = keys.sorted(by: isBefore)
    let entries = sorted.prefix(limit).compactMap { key in values[key].map { StoredEntry(key: key, value: $0) } }
    return StoredPage(entries: entries, hasMore: sorted.count > limit)
  }

  /// Whether the transaction would be done now.
  func holds(_ transaction: StoreTransaction) -> Bool {
    !comparesVersions || transaction.conditions.allSatisfy { values[$0.key]?.version == $0.version }
  }

  mutating func transact(_ transaction: StoreTransaction) -> StoreOutcome {
    guard holds(transaction) else { return .conflict }
    version += 1
    for write in transaction.writes {
      switch write {
      case .put(let key, let bytes): values[key] = StoredValue(bytes: bytes, version: version)
      case .delete(let key): values[key] = nil
      }
    }
    return .committed(version: version)
  }

  private func isBefore(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }
}
