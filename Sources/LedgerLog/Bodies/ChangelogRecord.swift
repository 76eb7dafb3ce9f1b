internal import GateModel

/// What a new version fixes, by the entries of its changelog that are later than the installed version.
///
/// It is the maintainer's own word: an identifier that the changelog does not name is not in it.
public struct ChangelogRecord: Sendable, Hashable {
  /// `CVE-YEAR-NUMBER`, sorted, of many the first.
  public var cves: [String]
  /// The most urgent of the entries, as Debian Policy, section 5.6.17, has it; nil if none names one.
  public var urgency: String?
  /// Whether the changelog goes back to the installed version and was read to there. If not, there may be more.
  public var isComplete: Bool

  public init(cves: [String] = [], urgency: String? = nil, isComplete: Bool) {
    self.cves = cves
    self.urgency = urgency
    self.isComplete = isComplete
  }

  /// How many an entry lists: a kernel's changelog can name hundreds.
  public static let mostCVEs = 500
}

extension ChangelogRecord {
  var json: JSONValue {
    BodyWriter(("cves", .strings(cves)), ("urgency", .text(urgency)), ("complete", .bool(isComplete))).json
  }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      cves: try reader.texts("cves"), urgency: try reader.optionalText("urgency"),
      isComplete: try reader.flag("complete"))
  }
}
