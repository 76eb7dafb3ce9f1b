internal import GateModel

/// apt was made to follow the decisions.
public struct SyncRecord: Sendable, Hashable {
  public var policyDigest: String
  /// How many changes were pending.
  public var pending: Int
  /// The sources that are pinned now, each as SOURCE=VERSION.
  public var pinned: [String]
  /// Those whose pins went.
  public var unpinned: [String]
  /// What could not be done.
  public var problems: [String]

  public init(
    policyDigest: String, pending: Int, pinned: [String] = [], unpinned: [String] = [], problems: [String] = []
  ) {
    self.policyDigest = policyDigest
    self.pending = pending
    self.pinned = pinned
    self.unpinned = unpinned
    self.problems = problems
  }
}

extension SyncRecord: LedgerRecord {
  var json: JSONValue {
    BodyWriter(
      ("policyDigest", .string(policyDigest)), ("pending", .number(pending)), ("pinned", .strings(pinned)),
      ("unpinned", .strings(unpinned)), ("problems", .strings(problems))
    ).json
  }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      policyDigest: try reader.text("policyDigest"), pending: try reader.number("pending"),
      pinned: try reader.texts("pinned"), unpinned: try reader.texts("unpinned"),
      problems: try reader.texts("problems"))
  }
}
