public import GateModel

/// What an entry says, by its kind.
public enum LedgerBody: Sendable, Hashable {
  case decision(DecisionRecord)
  case approval(ApprovalRecord)
  case revocation(RevocationRecord)
  case transactionIntent(TransactionIntent)
  case transactionOutcome(TransactionOutcome)
  case restore(RestoreRecord)
  case restartIntent(RestartIntent)
  case restartOutcome(RestartOutcome)
  case sync(SyncRecord)
  case veto(VetoRecord)
  case owedRestart(OwedRestartRecord)
  case firstSeen(FirstSeenRecord)
  case sweep(SweepRecord)
  case configuration(ConfigurationRecord)
  case policyBundle(PolicyBundleRecord)

  public var kind: LedgerKind {
    switch self {
    case .decision: .decision
    case .approval: .approval
    case .revocation: .revocation
    case .transactionIntent: .transactionIntent
    case .transactionOutcome: .transactionOutcome
    case .restore: .restore
    case .restartIntent: .restartIntent
    case .restartOutcome: .restartOutcome
    case .sync: .sync
    case .veto: .veto
    case .owedRestart: .owedRestart
    case .firstSeen: .firstSeen
    case .sweep: .sweep
    case .configuration: .configuration
    case .policyBundle: .policyBundle
    }
  }

  /// What the kind's record holds.
  var record: any LedgerRecord {
    switch self {
    case .decision(let record): record
    case .approval(let record): record
    case .revocation(let record): record
    case .transactionIntent(let record): record
    case .transactionOutcome(let record): record
    case .restore(let record): record
    case .restartIntent(let record): record
    case .restartOutcome(let record): record
    case .sync(let record): record
    case .veto(let record): record
    case .owedRestart(let record): record
    case .firstSeen(let record): record
    case .sweep(let record): record
    case .configuration(let record): record
    case .policyBundle(let record): record
    }
  }

  public var json: JSONValue { record.json }

  /// The source packages that it is about.
  public var sources: [String] { record.sources }

  init(kind: LedgerKind, _ reader: BodyReader) throws(LedgerLogError) {
    self =
      switch kind {
      case .decision: .decision(try DecisionRecord(reader))
      case .approval: .approval(try ApprovalRecord(reader))
      case .revocation: .revocation(try RevocationRecord(reader))
      case .transactionIntent: .transactionIntent(try TransactionIntent(reader))
      case .transactionOutcome: .transactionOutcome(try TransactionOutcome(reader))
      case .restore: .restore(try RestoreRecord(reader))
      case .restartIntent: .restartIntent(try RestartIntent(reader))
      case .restartOutcome: .restartOutcome(try RestartOutcome(reader))
      case .sync: .sync(try SyncRecord(reader))
      case .veto: .veto(try VetoRecord(reader))
      case .owedRestart: .owedRestart(try OwedRestartRecord(reader))
      case .firstSeen: .firstSeen(try FirstSeenRecord(reader))
      case .sweep: .sweep(try SweepRecord(reader))
      case .configuration: .configuration(try ConfigurationRecord(reader))
      case .policyBundle: .policyBundle(try PolicyBundleRecord(reader))
      }
  }
}

/// The body of one kind: to JSON and back.
protocol LedgerRecord: Sendable, Hashable {
  var json: JSONValue { get }
  /// The source packages that it is about.
  var sources: [String] { get }
  init(_ reader: BodyReader) throws(LedgerLogError)
}

extension LedgerRecord {
  var sources: [String] { [] }
}
