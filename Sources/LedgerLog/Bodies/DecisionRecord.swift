public import GateModel

/// A verdict on exactly these versions under exactly this policy.
public struct DecisionRecord: Sendable, Hashable {
  public var change: ChangeRecord
  public var verdict: Verdict
  /// The ids of the rules that decided.
  public var decidedBy: [String]
  /// The policies whose `gated:` names the change.
  public var gatedBy: [String]
  /// The units whose restarts are refused while it applies.
  public var shieldedUnits: [String]
  public var message: String?
  public var clearsWhen: String?
  public var policyDigest: String
  /// The entries of the approvals that let it through.
  public var approvals: [Int]

  public init(
    change: ChangeRecord, verdict: Verdict, decidedBy: [String] = [], gatedBy: [String] = [],
    shieldedUnits: [String] = [], message: String? = nil, clearsWhen: String? = nil, policyDigest: String,
    approvals: [Int] = []
  ) {
    self.change = change
    self.verdict = verdict
    self.decidedBy = decidedBy
    self.gatedBy = gatedBy
    self.shieldedUnits = shieldedUnits
    self.message = message
    self.clearsWhen = clearsWhen
    self.policyDigest = policyDigest
    self.approvals = approvals
  }
}

extension DecisionRecord: LedgerRecord {
  var json: JSONValue {
    BodyWriter(
      ("change", change.json), ("verdict", .string(verdict.rawValue)), ("decidedBy", .strings(decidedBy)),
      ("gatedBy", .strings(gatedBy)), ("shieldedUnits", .strings(shieldedUnits)), ("message", .text(message)),
      ("clearsWhen", .text(clearsWhen)), ("policyDigest", .string(policyDigest)), ("approvals", .numbers(approvals))
    ).json
  }

  var sources: [String] { [change.source] }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      change: try reader.object("change", ChangeRecord.init), verdict: try reader.choice("verdict"),
      decidedBy: try reader.texts("decidedBy"), gatedBy: try reader.texts("gatedBy"),
      shieldedUnits: try reader.texts("shieldedUnits"), message: try reader.optionalText("message"),
      clearsWhen: try reader.optionalText("clearsWhen"), policyDigest: try reader.text("policyDigest"),
      approvals: try reader.numbers("approvals"))
  }
}
