import FleetStore

extension FleetStore {
  /// Commits, or throws.
  func committed(_ transaction: StoreTransaction) async throws -> UInt64 {
    guard case .committed(let version) = try await transact(transaction) else {
      throw FleetStoreError(.invalid, "conflict")
    }
    return version
  }

  /// Writes keys and values in turn.
  func put(_ pairs: String...) async throws -> UInt64 {
    let writes = stride(from: 0, to: pairs.count, by: 2).map { number in
      StoreWrite.put(key: pairs[number], bytes: Array(pairs[number + 1].utf8))
    }
    return try await committed(StoreTransaction(writes: writes))
  }
}
