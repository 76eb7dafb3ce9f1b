public import GateModel

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
  /// Whether the decisions were made effective; nil where that was not recorded.
  public var mode: GateMode?
  /// Every version that was pending, as SOURCE=VERSION; nil where it was not recorded.
  public var versions: [String]?
  /// What is held only because something else is.
  public var companions: [CompanionRecord]
  /// What apt itself keeps back, the first of it.
  public var keptBack: [KeptBackRecord]

  public init(
    policyDigest: String, pending: Int, pinned: [String] = [], unpinned: [String] = [], problems: [String] = [],
    mode: GateMode? = nil, versions: [String]? = nil, companions: [CompanionRecord] = [],
    keptBack: [KeptBackRecord] = []
  ) {
    self.policyDigest = policyDigest
    self.pending = pending
    self.pinned = pinned
    self.unpinned = unpinned
    self.problems = problems
    self.mode = mode
    self.versions = versions
    self.companions = companions
    self.keptBack = keptBack
  }
}

extension SyncRecord: LedgerRecord {
  var json: JSONValue {
    BodyWriter(
      ("policyDigest", .string(policyDigest)), ("pending", .number(pending)), ("pinned", .strings(pinned)),
      ("unpinned", .strings(unpinned)), ("problems", .strings(problems)), ("mode", .text(mode?.rawValue)),
      ("versions", versions.map { .strings($0) }),
      ("companions", companions.isEmpty ? nil : .objects(companions.map(\.json))),
      ("keptBack", keptBack.isEmpty ? nil : .objects(keptBack.map(\.json)))
    ).json
  }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      policyDigest: try reader.text("policyDigest"), pending: try reader.number("pending"),
      pinned: try reader.texts("pinned"), unpinned: try reader.texts("unpinned"),
      problems: try reader.texts("problems"), mode: try reader.optionalChoice("mode"),
      versions: try reader.optionalTexts("versions"),
      companions: try reader.optionalObjects("companions", CompanionRecord.init) ?? [],
      keptBack: try reader.optionalObjects("keptBack", KeptBackRecord.init) ?? [])
  }
}
