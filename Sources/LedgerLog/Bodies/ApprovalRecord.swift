public import GateModel

/// A person lets one version of one source through, under one policy, for a time.
///
/// Who approves is the entry's actor; where a rule asks for several people, each approves in an entry of their own.
public struct ApprovalRecord: Sendable, Hashable {
  public var source: String
  /// The version that is let through; another one needs another approval.
  public var version: String
  /// The policies that were in force; others make the approval void.
  public var policyDigest: String
  public var reason: String
  public var expires: Timestamp
  /// The names of those who stand behind it, the actor's among them.
  public var people: [String]

  public init(
    source: String, version: String, policyDigest: String, reason: String, expires: Timestamp, people: [String] = []
  ) {
    self.source = source
    self.version = version
    self.policyDigest = policyDigest
    self.reason = reason
    self.expires = expires
    self.people = people
  }
}

extension ApprovalRecord: LedgerRecord {
  var json: JSONValue {
    BodyWriter(
      ("source", .string(source)), ("version", .string(version)), ("policyDigest", .string(policyDigest)),
      ("reason", .string(reason)), ("expires", .time(expires)), ("people", .strings(people))
    ).json
  }

  var sources: [String] { [source] }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      source: try reader.text("source"), version: try reader.text("version"),
      policyDigest: try reader.text("policyDigest"), reason: try reader.text("reason"),
      expires: try reader.time("expires"), people: try reader.texts("people"))
  }
}
