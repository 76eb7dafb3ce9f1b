// FleetStore: what a coordinator keeps, and how several of them write it without losing each other's writes.
//
// Knows: keys, values, versions, and transactions that happen whole or not at all.
// Must never know: what a value means, HTTP, or which database is behind it.

/// A store of small values that several coordinators read and write at once.
///
/// Every driver gives the same guarantees, and one suite of tests asks for them:
///
/// - **Versions grow.** Each committed transaction has a version greater than all before it, and gives it to every key
///   that it writes. A key that was deleted and is written again never has a version that it had before.
/// - **Transactions are serialisable.** They happen whole or not at all, in one order, and what was committed survives the
///   crash of every process and the loss of power.
/// - **Reads are linearisable.** ``read(_:)`` shows all its keys as of one moment, not before the call began.
///   ``range(_:after:limit:)`` does so for one page; two pages may be of two moments.
/// - **Every call ends.** A driver has a deadline for each, and throws when it has passed.
///
/// No driver keeps anything that another process needs: any coordinator may die at any moment.
public protocol FleetStore: Sendable {
  /// The values of those of `keys` that exist, all as of one moment. At most ``StoreLimit/mostOperations`` keys.
  func read(_ keys: [String]) async throws(FleetStoreError) -> [String: StoredValue]

  /// Up to `limit` entries whose keys begin with `prefix` and come after `after`, in the order of the keys' bytes.
  func range(_ prefix: String, after: String?, limit: Int) async throws(FleetStoreError) -> StoredPage

  /// Writes if every condition holds.
  func transact(_ transaction: StoreTransaction) async throws(FleetStoreError) -> StoreOutcome
}

extension FleetStore {
  /// The value of one key; nil if it does not exist.
  public func get(_ key: String) async throws(FleetStoreError) -> StoredValue? { try await read([key])[key] }
}
