import CoordinatorAPI
import GateModel
import LedgerLog

/// What `fleet bundle show` prints. Described by docs/protocols/fleet-bundle.schema.json.
struct FleetBundleDocument {
  var signed: SignedPolicyBundle
  /// Keys that it is verified with; empty if it is not.
  var publishers: [String: String]

  private enum Verdict: String { case verified, unverified, refused }

  private var verdict: (Verdict, PolicyBundle?, String?) {
    guard !publishers.isEmpty else { return (.unverified, signed.unverified, nil) }
    do throws(APIProblem) {
      return (.verified, try signed.verified(by: PolicyBundle.keys(publishers)), nil)
    } catch {
      return (.refused, signed.unverified, error.value)
    }
  }

  var isRefused: Bool { verdict.0 == .refused }

  var json: JSONValue {
    let (verdict, bundle, reason) = verdict
    return [
      "schema": "apt-gate/fleet-bundle/1", "signer": .string(signed.signer), "verification": .string(verdict.rawValue),
      "reason": .optional(reason), "digest": .string(PolicyFingerprint.text(of: signed.payload)),
      "version": bundle.map { .number($0.version) } ?? .null, "created": .optional(bundle?.created.description),
      "files": .array((bundle?.files ?? []).map(Self.file)),
    ]
  }

  private static func file(_ file: PolicyBundle.File) -> JSONValue {
    ["path": .string(file.path), "digest": .string(PolicyFingerprint.text(of: Array(file.text.utf8)))]
  }

  var text: String {
    let (verdict, bundle, reason) = verdict
    let head = bundle.map { "version \($0.version) of \($0.created), signed by \(signed.signer)" } ?? "no bundle"
    let words =
      switch verdict {
      case .verified: "verified with the publishers of this machine's configuration"
      case .unverified: "not verified: this machine's configuration names no publishers"
      case .refused: "REFUSED: \(reason ?? "")"
      }
    let lines =
      [head, words, PolicyFingerprint.text(of: signed.payload)] + (bundle?.files ?? []).map { "  \($0.path)" }
    return lines.map { DisplayText.line($0) + "\n" }.joined()
  }
}
