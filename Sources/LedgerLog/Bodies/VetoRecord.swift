internal import GateModel

/// A transaction was refused.
public struct VetoRecord: Sendable, Hashable {
  public var transaction: String?
  /// What must not apply.
  public var changes: [ChangeRecord]
  /// The ids of the rules that refuse it.
  public var rules: [String]
  /// As it was told to the administrator.
  public var message: String

  public init(transaction: String? = nil, changes: [ChangeRecord] = [], rules: [String] = [], message: String) {
    self.transaction = transaction
    self.changes = changes
    self.rules = rules
    self.message = message
  }
}

extension VetoRecord: LedgerRecord {
  var json: JSONValue {
    BodyWriter(
      ("transaction", .text(transaction)), ("changes", .array(changes.map(\.json))), ("rules", .strings(rules)),
      ("message", .string(message))
    ).json
  }

  var sources: [String] { changes.map(\.source) }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      transaction: try reader.optionalText("transaction"), changes: try reader.objects("changes", ChangeRecord.init),
      rules: try reader.texts("rules"), message: try reader.text("message"))
  }
}
