/// Something that is done on the way of a transaction, by its name in messages and tests.
public enum TransactionStep: String, Sendable, Hashable, CaseIterable {
  case recordIntent = "record-intent"
  case lookBefore = "look-before"
  case startGuard = "start-guard"
  case raiseShield = "raise-shield"
  case withdraw
  case recordVeto = "record-veto"
  case lookAfter = "look-after"
  case restore
  case probe
  case lowerShield = "lower-shield"
  case recordOutcome = "record-outcome"
}

extension TransactionState {
  /// What is done in the state; nil where others are at work, or nobody is.
  public var step: TransactionStep? {
    switch self {
    case .deciding, .applying, .closed: nil
    case .recordingIntent: .recordIntent
    case .lookingBefore: .lookBefore
    case .guarding: .startGuard
    case .shielding: .raiseShield
    case .withdrawing: .withdraw
    case .recordingVeto: .recordVeto
    case .lookingAfter: .lookAfter
    case .restoring: .restore
    case .probing: .probe
    case .unshielding: .lowerShield
    case .recordingOutcome: .recordOutcome
    }
  }
}
