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
  /// What it would do, as it was predicted; nil where that was not recorded. Of many effects the first.
  public var effects: [EffectRecord]?
  /// What a restart of systemd-networkd by it would take away; nil where it restarts none, or that was not found out.
  public var prediction: LossRecord?
  /// People and teams that the rules name: who may approve, and who is told of a hold that lasts too long.
  public var responsible: [String]

  public init(
    change: ChangeRecord, verdict: Verdict, decidedBy: [String] = [], gatedBy: [String] = [],
    shieldedUnits: [String] = [], message: String? = nil, clearsWhen: String? = nil, policyDigest: String,
    approvals: [Int] = [], effects: [EffectRecord]? = nil,
    prediction: LossRecord? = nil, responsible: [String] = []
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
    self.effects = effects
    self.prediction = prediction
    self.responsible = responsible
  }
}

extension DecisionRecord: LedgerRecord {
  var json: JSONValue {
    BodyWriter(
      ("change", change.json), ("verdict", .string(verdict.rawValue)), ("decidedBy", .strings(decidedBy)),
      ("gatedBy", .strings(gatedBy)), ("shieldedUnits", .strings(shieldedUnits)), ("message", .text(message)),
      ("clearsWhen", .text(clearsWhen)), ("policyDigest", .string(policyDigest)), ("approvals", .numbers(approvals)),
      ("effects", .objects(effects?.map(\.json))), ("prediction", prediction?.json),
      ("responsible", responsible.isEmpty ? nil : .strings(responsible))
    ).json
  }

  var sources: [String] { [change.source] }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      change: try reader.object("change", ChangeRecord.init), verdict: try reader.choice("verdict"),
      decidedBy: try reader.texts("decidedBy"), gatedBy: try reader.texts("gatedBy"),
      shieldedUnits: try reader.texts("shieldedUnits"), message: try reader.optionalText("message"),
      clearsWhen: try reader.optionalText("clearsWhen"), policyDigest: try reader.text("policyDigest"),
      approvals: try reader.numbers("approvals"),
      effects: try reader.optionalObjects("effects", EffectRecord.init),
      prediction: try reader.optionalObject("prediction", LossRecord.init),
      responsible: try reader.optionalTexts("responsible") ?? [])
  }
}
