internal import CoordinatorAPI
internal import FleetStore
internal import FoundationEssentials

/// The policy bundle in force. It is checked when it comes in; the nodes check it again with keys of their own.
struct BundleService: Sendable {
  private static let key = "bundle"

  let store: any FleetStore
  let settings: SettingsBox

  func current() async throws -> SignedPolicyBundle {
    guard let bundle = try await store.record(SignedPolicyBundle.self, at: Self.key)?.value else {
      throw APIProblem(.notFound, "no policy bundle was published")
    }
    return bundle
  }

  /// The version in force; nil if none was published.
  func version() async throws -> Int? {
    try await store.record(SignedPolicyBundle.self, at: Self.key)?.value.unverifiedVersion
  }

  /// Puts a bundle into force if it is signed by a publisher and newer than the one in force. The same one again is no
  /// error.
  func publish(_ signed: SignedPolicyBundle) async throws -> PolicyBundle {
    let keys = Dictionary(
      settings.current.publishers.map { ($0.name, $0.key) }, uniquingKeysWith: { first, _ in first })
    let bundle = try signed.verified(by: keys)
    let found = try await store.record(SignedPolicyBundle.self, at: Self.key)
    if found?.value == signed { return bundle }
    if let version = found?.value.unverifiedVersion, bundle.version <= version {
      throw APIProblem(.refused, "version \(version) is in force; a bundle never goes back, so give it a greater one")
    }
    guard case .committed = try await store.replaced(Self.key, found?.version, with: signed) else {
      throw APIProblem(.conflict, "another bundle was published at the same moment")
    }
    return bundle
  }
}

extension SignedPolicyBundle {
  /// The version that it says; it was verified when it came in.
  fileprivate var unverifiedVersion: Int? {
    try? JSONDecoder().decode(PolicyBundle.self, from: Data(payload)).version
  }
}
