internal import GateModel

/// A shield refused a restart of a unit, which is now owed.
public struct OwedRestartRecord: Sendable, Hashable {
  public var unit: String
  /// The transaction during which it was refused.
  public var transaction: String?
  /// The source packages whose update asks for it.
  public var sources: [String]
  /// The kernel's id of the boot in which it was refused: another boot has settled it.
  public var boot: String?

  public init(unit: String, transaction: String? = nil, sources: [String] = [], boot: String? = nil) {
    self.unit = unit
    self.transaction = transaction
    self.sources = sources
    self.boot = boot
  }
}

extension OwedRestartRecord: LedgerRecord {
  var json: JSONValue {
    BodyWriter(
      ("unit", .string(unit)), ("transaction", .text(transaction)), ("sources", .strings(sources)),
      ("boot", .text(boot))
    ).json
  }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      unit: try reader.text("unit"), transaction: try reader.optionalText("transaction"),
      sources: try reader.texts("sources"), boot: try reader.optionalText("boot"))
  }
}
