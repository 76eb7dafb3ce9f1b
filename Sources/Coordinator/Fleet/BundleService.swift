internal import CoordinatorAPI
internal import FleetStore

/// The policy bundle in force. It is checked when it comes in; the nodes check it again with keys of their own.
struct BundleService: Sendable {
  private static let key = "bundle"
  /// The version alone, which every check-in asks for; written with the bundle.
  static let versionKey = "bundle-version"

  let store: any FleetStore
  let settings: SettingsBox

  func current() async throws -> SignedPolicyBundle {
    guard let bundle = try await store.record(SignedPolicyBundle.self, at: Self.key)?.value else {
      throw APIProblem(.notFound, "no policy bundle was published")
    }
    return bundle
  }

  /// The version in force, among what was read; nil if none was published.
  static func version(in read: [String: StoredValue]) -> Int? {
    read[versionKey].flatMap { Int(String(decoding: $0.bytes, as: UTF8.self)) }
  }

  /// Puts a bundle into force if it is signed by a publisher and newer than the one in force. The same one again is no
  /// error.
  func publish(_ signed: SignedPolicyBundle) async throws -> PolicyBundle {
    let keys = Dictionary(
      settings.current.publishers.map { ($0.name, $0.key) }, uniquingKeysWith: { first, _ in first })
    let bundle = try signed.verified(by: keys)
    let found = try await store.record(SignedPolicyBundle.self, at: Self.key)
    if found?.value == signed { return bundle }
    if let version = found?.value.unverified?.version, bundle.version <= version {
      throw APIProblem(.refused, "version \(version) is in force; a bundle never goes back, so give it a greater one")
    }
    let writes = [
      StoreWrite.put(key: Self.key, bytes: try signed.json),
      .put(key: Self.versionKey, bytes: Array("\(bundle.version)".utf8)),
    ]
    let transaction = StoreTransaction(conditions: [StoreCondition(Self.key, is: found?.version)], writes: writes)
    guard case .committed = try await store.transact(transaction) else {
      throw APIProblem(.conflict, "another bundle was published at the same moment")
    }
    return bundle
  }
}
