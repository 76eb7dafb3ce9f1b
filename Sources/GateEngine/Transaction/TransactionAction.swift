/// What a transaction wants done next; the shell around it does it, and answers with the event that stands beside it.
public enum TransactionAction: Sendable, Hashable {
  /// Write the verdicts durably: `intentRecorded`.
  case recordIntent
  /// Read and keep the network's state: `sawBefore`.
  case lookBefore
  /// Start the process that outlives the hook: `guarded`.
  case startGuard
  /// Refuse restarts of these units: `shielded`.
  case raiseShield(units: [String])
  /// Exit with 0: dpkg runs, and later `dpkgEnded`.
  case allow
  /// Lower the shields, end the guard, and forget the transaction: `withdrawn`.
  case withdraw
  /// Write the refusal: `vetoRecorded`.
  case recordVeto(TransactionRefusal)
  /// Exit with another status than 0: dpkg does not run.
  case veto(TransactionRefusal)
  /// Read the network's state again and compare: `sawAfter`.
  case lookAfter
  /// Put back what is missing: `restored`.
  case restore
  /// Ask whether the network is of use: `probed`.
  case probe
  /// Lower the shields and note what is owed: `unshielded`.
  case lowerShield(units: [String])
  /// Write the outcome: `outcomeRecorded`.
  case recordOutcome(TransactionResult)
  /// Nothing; exit with 0.
  case finish
}

/// How one step ended.
public enum StepOutcome: Sendable, Hashable {
  case done
  /// Why it could not be done, in one line.
  case failed(String)
}
