internal import GateModel

/// A source that is held only because others are: they must move together.
public struct CompanionRecord: Sendable, Hashable {
  public var source: String
  /// The sources whose holds keep it back.
  public var heldBy: [String]

  public init(source: String, heldBy: [String]) {
    self.source = source
    self.heldBy = heldBy
  }
}

extension CompanionRecord {
  var json: JSONValue { BodyWriter(("source", .string(source)), ("heldBy", .strings(heldBy))).json }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(source: try reader.text("source"), heldBy: try reader.texts("heldBy"))
  }
}
