public import GateModel
public import LedgerLog

/// A run of dpkg, or a restart that settled what was owed: what was predicted, and what was seen.
public struct TransactionLine: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case update
    case restart
    /// Network state was put back outside of both.
    case restore
  }

  public var id: String
  public var kind: Kind
  public var began: Timestamp
  /// nil: no entry says how it ended.
  public var ended: Timestamp?
  public var result: RunResult?
  public var message: String?
  /// The run of apt that it belongs to.
  public var command: String?
  public var changes: [TransactionChange]
  /// The units whose restarts were refused meanwhile, or that were restarted.
  public var units: [String]
  /// What a restart of systemd-networkd was predicted to take away; nil if nothing was predicted.
  public var prediction: LossRecord?
  /// What happened to the network; nil if it was not watched.
  public var network: NetworkRecord?
  /// Other entries about restoring during it.
  public var restores: [RestoreLine]
  public var failedProbes: [String]

  init(id: String, kind: Kind, began: Timestamp) {
    self.id = id
    self.kind = kind
    self.began = began
    (changes, units, restores, failedProbes) = ([], [], [], [])
  }
}

/// One change of a transaction with what was predicted of it.
public struct TransactionChange: Sendable, Hashable {
  public var change: ChangeRecord
  /// The last verdict on it before; nil if no entry has one.
  public var verdict: Verdict?
  public var rules: [String]
  /// nil: nothing was predicted, or it was not recorded.
  public var effects: [EffectRecord]?
}

/// Network state that was put back, or could not be.
public struct RestoreLine: Sendable, Hashable {
  public var time: Timestamp
  public var record: RestoreRecord
}

/// A restart that a shield refused.
public struct OwedRestartLine: Sendable, Hashable {
  public var unit: String
  public var since: Timestamp
  /// The source packages whose update asks for it.
  public var sources: [String]
  public var transaction: String?
  /// nil: it is still owed.
  public var settled: Settlement?
  /// How long it was owed, or has been.
  public var age: Duration

  /// How it was settled.
  public struct Settlement: Sendable, Hashable {
    public var time: Timestamp
    public var how: How
    /// The restart's name; nil for a reboot.
    public var transaction: String?
  }

  public enum How: String, Sendable, Hashable, CaseIterable {
    case restart
    case reboot
    /// A sweep after a death found it settled.
    case sweep
  }
}
