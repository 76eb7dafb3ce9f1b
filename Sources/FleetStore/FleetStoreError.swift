/// Why a store did not answer.
public struct FleetStoreError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    /// Nothing was read or written; asking again may help.
    case unavailable
    /// A transaction may have been committed or not: it was sent, and no answer came. Read before writing again.
    case unknownOutcome = "unknown-outcome"
    /// The request can never succeed: over a limit, no page, two writes of one key.
    case invalid
    /// The store holds what it should not, or refuses this client.
    case broken
  }

  public var code: Code
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}

extension StoreTransaction {
  /// Throws if the transaction is one that no driver takes.
  public func checkLimits() throws(FleetStoreError) {
    let keys = conditions.map(\.key) + writes.map(\.key)
    guard conditions.count + writes.count <= StoreLimit.mostOperations else {
      throw FleetStoreError(.invalid, "over \(StoreLimit.mostOperations) conditions and writes in one transaction")
    }
    guard Set(writes.map(\.key)).count == writes.count else {
      throw FleetStoreError(.invalid, "a key is written twice in one transaction")
    }
    guard Set(conditions.map(\.key)).count == conditions.count else {
      throw FleetStoreError(.invalid, "a key has two conditions in one transaction")
    }
    guard keys.allSatisfy({ (1...StoreLimit.longestKey).contains($0.utf8.count) }) else {
      throw FleetStoreError(.invalid, "a key is empty or over \(StoreLimit.longestKey) bytes long")
    }
    for case .put(let key, let bytes) in writes where bytes.count > StoreLimit.largestValue {
      throw FleetStoreError(.invalid, "the value of `\(key)` has over \(StoreLimit.largestValue) bytes")
    }
  }
}
