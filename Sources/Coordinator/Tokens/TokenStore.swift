public import CoordinatorAPI
internal import Crypto
public import FleetStore
internal import FoundationEssentials
public import GateModel

/// Bearer tokens: 256 random bits each, kept as their SHA-256. A digest that has no salt is enough for what nobody can
/// guess.
public struct TokenStore: Sendable {
  /// Tells a token of the coordinator from other secrets, for people and for scanners.
  public static let prefix = "aptgate_"
  private static let folder = "token/"

  private let store: any FleetStore

  public init(_ store: any FleetStore) { self.store = store }

  /// Makes a token; what is returned is the only copy.
  public func create(
    name: String, roles: Set<Role>, expires: Timestamp?, at now: Timestamp
  ) async throws(FleetStoreError) -> (text: String, record: TokenRecord) {
    guard CertificateIdentity.isName(name) else {
      throw FleetStoreError(.invalid, "`\(name)` is no name: 1 to 255 letters, digits and `-._@:`")
    }
    let text = Self.prefix + Hexadecimal.secret()
    let digest = Self.digest(text)
    let record = TokenRecord(
      id: String(digest.prefix(12)), name: name, roles: roles.sorted { $0.rawValue < $1.rawValue }, created: now,
      expires: expires)
    try await store.replace(Self.folder + digest, nil, with: record)
    return (text, record)
  }

  /// The record of the token `text`; nil if there is none.
  func find(_ text: String) async throws(FleetStoreError) -> TokenRecord? {
    guard text.hasPrefix(Self.prefix), text.utf8.count == Self.prefix.utf8.count + 64 else { return nil }
    return try await find(digest: Self.digest(text))
  }

  /// The record of the token that has this digest; nil if there is none any more.
  func find(digest: String) async throws(FleetStoreError) -> TokenRecord? {
    try await store.record(TokenRecord.self, at: Self.folder + digest)?.value
  }

  /// Every token, in no particular order.
  public func list() async throws(FleetStoreError) -> [TokenRecord] {
    try await store.records(TokenRecord.self, below: Self.folder).map(\.value)
  }

  /// Ends a token; false if none has that `id`.
  public func revoke(id: String) async throws(FleetStoreError) -> Bool {
    let found = try await store.records(TokenRecord.self, below: Self.folder + id)
    guard let key = found.first(where: { $0.value.id == id })?.key else { return false }
    _ = try await store.transact(StoreTransaction(writes: [.delete(key: key)]))
    return true
  }

  static func digest(_ text: String) -> String { Hexadecimal.text(SHA256.hash(data: Data(text.utf8))) }
}
