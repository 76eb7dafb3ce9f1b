/// What an entry is about. The list is closed: a reader that meets another kind says so and trusts nothing after it.
public enum LedgerKind: String, Sendable, Hashable, CaseIterable {
  /// A verdict on a change that is new, or not the one before.
  case decision
  /// A person lets a held version through.
  case approval
  /// A person takes an approval back.
  case revocation
  /// dpkg is about to run.
  case transactionIntent = "transaction-intent"
  /// dpkg has ended, or was seen to have died.
  case transactionOutcome = "transaction-outcome"
  /// Lost network state was put back, or could not be.
  case restore
  /// An owed restart is about to be settled.
  case restartIntent = "restart-intent"
  case restartOutcome = "restart-outcome"
  /// apt was made to follow the decisions.
  case sync
  /// A transaction was refused.
  case veto
  /// A shield refused a restart, which is now owed.
  case owedRestart = "owed-restart"
  /// A version was offered for the first time.
  case firstSeen = "first-seen"
  /// Leftovers of a run that died were cleared away.
  case sweep
  /// The policies or the mode are not those of the entry before.
  case configuration
  /// The fleet's policies came as a bundle, and were put into force or refused.
  case policyBundle = "policy-bundle"
}
