import CoordinatorAPI
import GateModel

@testable import apt_gate

/// A bundle as `fleet bundle show` shows it.
enum SampleBundle {
  private static let pair = PublisherKeyPair()

  private static let signed: SignedPolicyBundle? = {
    let file = PolicyBundle.File(path: "site/policy.yaml", text: "rules")
    let bundle = PolicyBundle(version: 7, created: Timestamp(secondsSinceEpoch: 0), files: [file])
    return try? SignedPolicyBundle(bundle, by: "release", key: pair.privateKey)
  }()

  private static let none = SignedPolicyBundle(payload: [], signer: "release", signature: [])

  static let verified = FleetBundleDocument(signed: signed ?? none, publishers: ["release": pair.publicText ?? ""])
  static let refused = FleetBundleDocument(
    signed: signed ?? none, publishers: ["release": PublisherKeyPair().publicText ?? ""])
}
