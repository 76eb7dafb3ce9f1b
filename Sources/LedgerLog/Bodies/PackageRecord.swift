internal import GateModel

/// A binary package in an entry: from which version to which.
public struct PackageRecord: Sendable, Hashable {
  public var name: String
  public var architecture: String
  /// nil if it was not installed.
  public var from: String?
  /// nil for a removal.
  public var to: String?

  public init(name: String, architecture: String, from: String? = nil, to: String? = nil) {
    self.name = name
    self.architecture = architecture
    self.from = from
    self.to = to
  }
}

extension PackageRecord {
  var json: JSONValue {
    BodyWriter(
      ("name", .string(name)), ("architecture", .string(architecture)), ("from", .text(from)), ("to", .text(to))
    ).json
  }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      name: try reader.text("name"), architecture: try reader.text("architecture"),
      from: try reader.optionalText("from"), to: try reader.optionalText("to"))
  }
}
