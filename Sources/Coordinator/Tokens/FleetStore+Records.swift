internal import FleetStore
internal import FoundationEssentials

/// Records as JSON.
extension FleetStore {
  func record<Record: Decodable>(
    _ type: Record.Type, at key: String
  ) async throws(FleetStoreError) -> (value: Record, version: UInt64)? {
    try record(type, at: key, in: try await read([key]))
  }

  /// A record among what was read.
  func record<Record: Decodable>(
    _ type: Record.Type, at key: String, in read: [String: StoredValue]
  ) throws(FleetStoreError) -> (value: Record, version: UInt64)? {
    guard let stored = read[key] else { return nil }
    return (try decode(type, stored, key), stored.version)
  }

  /// Every record whose key begins with `prefix`.
  func records<Record: Decodable>(
    _ type: Record.Type, below prefix: String
  ) async throws(FleetStoreError) -> [(key: String, value: Record)] {
    var found: [(key: String, value: Record)] = []
    var after: String?
    while true {
      let page = try await range(prefix, after: after, limit: StoreLimit.largestPage)
      for entry in page.entries { found.append((entry.key, try decode(type, entry.value, entry.key))) }
      guard page.hasMore, let last = page.entries.last else { return found }
      after = last.key
    }
  }

  /// False at the first that conflicts: those after it are not tried.
  func transact(inOrder transactions: [StoreTransaction]) async throws(FleetStoreError) -> Bool {
    for transaction in transactions {
      if case .conflict = try await transact(transaction) { return false }
    }
    return true
  }

  /// Writes a record if the one there still has `version`; throws `.unavailable` if another was quicker.
  func replace(_ key: String, _ version: UInt64?, with record: some Encodable) async throws(FleetStoreError) {
    guard case .committed = try await replaced(key, version, with: record) else {
      throw FleetStoreError(.unavailable, "another wrote `\(key)` at the same moment")
    }
  }

  func replaced(
    _ key: String, _ version: UInt64?, with record: some Encodable
  ) async throws(FleetStoreError) -> StoreOutcome {
    let bytes: [UInt8]
    do {
      bytes = Array(try JSONEncoder().encode(record))
    } catch {
      throw FleetStoreError(.invalid, "`\(key)` cannot be written: \(error)")
    }
    return try await transact(
      StoreTransaction(conditions: [StoreCondition(key, is: version)], writes: [.put(key: key, bytes: bytes)]))
  }

  private func decode<Record: Decodable>(
    _ type: Record.Type, _ stored: StoredValue, _ key: String
  ) throws(FleetStoreError) -> Record {
    do {
      return try JSONDecoder().decode(type, from: Data(stored.bytes))
    } catch {
      throw FleetStoreError(.broken, "`\(key)` in the store cannot be read: \(error)")
    }
  }
}
