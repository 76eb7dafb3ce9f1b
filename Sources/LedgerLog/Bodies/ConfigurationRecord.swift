internal import GateModel

/// The policies or the mode that are in force from here on.
public struct ConfigurationRecord: Sendable, Hashable {
  public var policyDigest: String
  /// `observe` or `enforce`.
  public var mode: String
  /// apt-gate's.
  public var version: String
  /// The names of the policies.
  public var policies: [String]

  public init(policyDigest: String, mode: String, version: String, policies: [String] = []) {
    self.policyDigest = policyDigest
    self.mode = mode
    self.version = version
    self.policies = policies
  }
}

extension ConfigurationRecord: LedgerRecord {
  var json: JSONValue {
    BodyWriter(
      ("policyDigest", .string(policyDigest)), ("mode", .string(mode)), ("version", .string(version)),
      ("policies", .strings(policies))
    ).json
  }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      policyDigest: try reader.text("policyDigest"), mode: try reader.text("mode"),
      version: try reader.text("version"), policies: try reader.texts("policies"))
  }
}
