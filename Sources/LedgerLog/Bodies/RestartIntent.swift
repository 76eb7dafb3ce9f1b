internal import GateModel

/// Owed restarts are about to be settled.
public struct RestartIntent: Sendable, Hashable {
  /// Names the restart in later entries.
  public var transaction: String
  public var units: [String]
  public var policyDigest: String
  /// The digest of the snapshot before.
  public var snapshot: String?

  public init(transaction: String, units: [String] = [], policyDigest: String, snapshot: String? = nil) {
    self.transaction = transaction
    self.units = units
    self.policyDigest = policyDigest
    self.snapshot = snapshot
  }
}

extension RestartIntent: LedgerRecord {
  var json: JSONValue {
    BodyWriter(
      ("transaction", .string(transaction)), ("units", .strings(units)), ("policyDigest", .string(policyDigest)),
      ("snapshot", .text(snapshot))
    ).json
  }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      transaction: try reader.text("transaction"), units: try reader.texts("units"),
      policyDigest: try reader.text("policyDigest"), snapshot: try reader.optionalText("snapshot"))
  }
}
