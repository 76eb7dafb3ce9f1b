internal import GateModel

/// A version was offered to this node for the first time: the clock of its age starts.
public struct FirstSeenRecord: Sendable, Hashable {
  public var source: String
  public var version: String
  /// Where it can be had, as LABEL/SUITE.
  public var origins: [String]

  public init(source: String, version: String, origins: [String] = []) {
    self.source = source
    self.version = version
    self.origins = origins
  }
}

extension FirstSeenRecord: LedgerRecord {
  var json: JSONValue {
    BodyWriter(("source", .string(source)), ("version", .string(version)), ("origins", .strings(origins))).json
  }

  var sources: [String] { [source] }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      source: try reader.text("source"), version: try reader.text("version"), origins: try reader.texts("origins"))
  }
}
