public import GateModel
public import LedgerLog

/// A version that is held at the end of the period.
public struct HeldUpdate: Sendable, Hashable {
  public var source: String
  /// The installed version; nil if nothing of the source was installed.
  public var from: String?
  public var to: String?
  public var packages: [PackageRecord]
  /// The verdict on the change itself.
  public var verdict: Verdict
  /// The rules that gave it.
  public var rules: [String]
  /// People and teams that the rules name.
  public var responsible: [String]
  public var message: String?
  /// Who or what clears it, with the date where a time does.
  public var clearsWhen: String?
  /// The sources whose holds keep it back; empty where its own verdict does.
  public var heldBy: [String]
  /// When it was decided.
  public var since: Timestamp
  /// When the node first saw the version; nil if no entry says so.
  public var firstSeen: Timestamp?
  /// How long it has been held.
  public var age: Duration
  public var isSecurity: Bool?
  public var origins: [String]
  public var changelog: ChangelogRecord?
  public var effects: [EffectRecord]?
  public var prediction: LossRecord?
  /// Names of those who approved it so far, where more are needed.
  public var approvedBy: [String]
}

/// A version that apt itself keeps back.
public struct KeptBackUpdate: Sendable, Hashable {
  public var record: KeptBackRecord
  /// Since the first of the syncs in a row that say so.
  public var since: Timestamp
}
