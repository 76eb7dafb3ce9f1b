public import GateModel

/// A source package's change in an entry.
public struct ChangeRecord: Sendable, Hashable {
  public var source: String
  public var action: ChangeAction
  /// nil if nothing of the source was installed.
  public var from: String?
  /// nil for a removal.
  public var to: String?
  public var packages: [PackageRecord]
  /// Whether a candidate comes from a security pocket; nil where its origins were not known.
  public var isSecurity: Bool?
  /// What it fixes by its changelog; nil where that was not at hand.
  public var changelog: ChangelogRecord?

  public init(
    source: String, action: ChangeAction, from: String? = nil, to: String? = nil, packages: [PackageRecord] = [],
    isSecurity: Bool? = nil, changelog: ChangelogRecord? = nil
  ) {
    self.source = source
    self.action = action
    self.from = from
    self.to = to
    self.packages = packages
    self.isSecurity = isSecurity
    self.changelog = changelog
  }
}

extension ChangeRecord {
  var json: JSONValue {
    BodyWriter(
      ("source", .string(source)), ("action", .string(action.rawValue)), ("from", .text(from)), ("to", .text(to)),
      ("packages", .array(packages.map(\.json))), ("security", .flag(isSecurity)), ("changelog", changelog?.json)
    ).json
  }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      source: try reader.text("source"), action: try reader.choice("action"), from: try reader.optionalText("from"),
      to: try reader.optionalText("to"), packages: try reader.objects("packages", PackageRecord.init),
      isSecurity: try reader.optionalFlag("security"),
      changelog: try reader.optionalObject("changelog", ChangelogRecord.init))
  }
}
