internal import FleetStore
internal import FoundationEssentials

/// Keys as etcd has them: the store's, behind a prefix.
struct EtcdKeys {
  private let prefix: [UInt8]

  init(prefix: String) { self.prefix = Array(prefix.utf8) }

  func data(_ key: String) -> Data { Data(prefix + key.utf8) }

  /// The first key that a page may begin with: `after` itself is not one, and nothing comes between it and `after` + NUL.
  func start(of prefix: String, after: String?) -> Data {
    let first = Array(prefix.utf8)
    guard let after else { return Data(self.prefix + first) }
    let next = Array(after.utf8) + [0]
    return Data(self.prefix + (first.lexicographicallyPrecedes(next) ? next : first))
  }

  /// The first key behind all that begin with `prefix`. A single NUL is etcd's word for no end.
  func end(of prefix: String) -> Data {
    var bytes = self.prefix + prefix.utf8
    while let last = bytes.popLast() {
      if last < 0xFF { return Data(bytes + [last + 1]) }
    }
    return Data([0])
  }

  func entry(_ pair: EtcdKeyValue) throws(FleetStoreError) -> StoredEntry {
    guard pair.key.starts(with: prefix), let version = pair.modRevision.flatMap(UInt64.init), version > 0 else {
      throw FleetStoreError(.broken, "etcd's answer has a key without a revision, or one that nobody asked for")
    }
    let key = String(decoding: pair.key.dropFirst(prefix.count), as: UTF8.self)
    return StoredEntry(key: key, value: StoredValue(bytes: Array(pair.value ?? Data()), version: version))
  }
}
