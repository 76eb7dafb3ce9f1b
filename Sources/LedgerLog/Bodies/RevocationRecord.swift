internal import GateModel

/// An approval does not count any more.
public struct RevocationRecord: Sendable, Hashable {
  /// The approval's entry.
  public var approval: Int
  public var source: String
  public var version: String
  public var reason: String

  public init(approval: Int, source: String, version: String, reason: String) {
    self.approval = approval
    self.source = source
    self.version = version
    self.reason = reason
  }
}

extension RevocationRecord: LedgerRecord {
  var json: JSONValue {
    BodyWriter(
      ("approval", .number(approval)), ("source", .string(source)), ("version", .string(version)),
      ("reason", .string(reason))
    ).json
  }

  var sources: [String] { [source] }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      approval: try reader.number("approval"), source: try reader.text("source"), version: try reader.text("version"),
      reason: try reader.text("reason"))
  }
}
