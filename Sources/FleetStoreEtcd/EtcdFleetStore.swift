// FleetStoreEtcd: the store of several coordinators, in etcd v3.
//
// Knows: etcd's JSON gateway, its errors, and which of them leave open whether a transaction was done.
// Must never know: what a value means, or who else speaks HTTP.

public import FleetStore
internal import FoundationEssentials

/// The fleet's store in etcd v3, over its JSON gateway.
///
/// The endpoints are members of one cluster; the one that answered last is asked first, the others when it does not. A
/// transaction is asked of another one only while it is certain that the first has not done it. Source of the messages:
/// etcd's api/etcdserverpb/rpc.proto and the mapping of proto3 to JSON (64-bit numbers are strings, bytes are base64).
public final class EtcdFleetStore: FleetStore {
  private let client: EtcdClient
  private let keys: EtcdKeys

  public init(_ settings: EtcdSettings) throws(FleetStoreError) {
    client = try EtcdClient(settings)
    keys = EtcdKeys(prefix: settings.prefix)
  }

  /// Ends the connections. The store cannot be used afterwards.
  public func close() async { await client.close() }

  public func read(_ keys: [String]) async throws(FleetStoreError) -> [String: StoredValue] {
    guard keys.count <= StoreLimit.mostOperations else {
      throw FleetStoreError(.invalid, "over \(StoreLimit.mostOperations) keys in one read")
    }
    guard !keys.isEmpty else { return [:] }
    // One transaction shows all keys as of one revision.
    let operations = keys.map { EtcdOperation(requestRange: EtcdRangeRequest(key: self.keys.data($0))) }
    let answer: EtcdTransactionResponse = try await client.ask(
      "kv/txn", EtcdTransactionRequest(compare: [], success: operations), isRepeatable: true)
    var values: [String: StoredValue] = [:]
    for found in answer.responses ?? [] {
      for pair in found.responseRange?.kvs ?? [] {
        let entry = try self.keys.entry(pair)
        values[entry.key] = entry.value
      }
    }
    return values
  }

  public func range(_ prefix: String, after: String?, limit: Int) async throws(FleetStoreError) -> StoredPage {
    guard (1...StoreLimit.largestPage).contains(limit) else {
      throw FleetStoreError(.invalid, "a page has 1 to \(StoreLimit.largestPage) entries")
    }
    let request = EtcdRangeRequest(
      key: keys.start(of: prefix, after: after), rangeEnd: keys.end(of: prefix), limit: String(limit))
    let answer: EtcdRangeResponse = try await client.ask("kv/range", request, isRepeatable: true)
    var entries: [StoredEntry] = []
    for pair in answer.kvs ?? [] { entries.append(try keys.entry(pair)) }
    return StoredPage(entries: entries, hasMore: answer.more ?? false)
  }

  public func transact(_ transaction: StoreTransaction) async throws(FleetStoreError) -> StoreOutcome {
    try transaction.checkLimits()
    let request = EtcdTransactionRequest(
      compare: transaction.conditions.map { EtcdCompare(key: keys.data($0.key), version: $0.version ?? 0) },
      success: transaction.writes.map { write in
        switch write {
        case .put(let key, let bytes):
          EtcdOperation(requestPut: EtcdPutRequest(key: keys.data(key), value: Data(bytes)))
        case .delete(let key): EtcdOperation(requestDeleteRange: EtcdRangeRequest(key: keys.data(key)))
        }
      })
    let answer: EtcdTransactionResponse = try await client.ask("kv/txn", request, isRepeatable: false)
    guard answer.succeeded ?? false else { return .conflict }
    guard let version = answer.header?.revision.flatMap(UInt64.init) else {
      throw FleetStoreError(.broken, "etcd's answer has no revision")
    }
    return .committed(version: version)
  }
}
