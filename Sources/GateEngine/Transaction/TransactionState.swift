/// Where a transaction of apt is on its way.
///
/// Before dpkg, in the hook `pre-install`:
///
///     deciding -> recordingIntent -> lookingBefore -> guarding -> shielding -> applying
///
/// What is not needed is left out. Each of them can go to `withdrawing`, which undoes what was raised, and on to
/// `recordingVeto` and `closed`. After dpkg, in the hook `post-install` or, if apt died, in the guard:
///
///     applying -> lookingAfter -> restoring -> probing -> unshielding -> recordingOutcome -> closed
public enum TransactionState: String, Sendable, Hashable, CaseIterable {
  /// What apt is about to do is read, analysed and decided on.
  case deciding
  /// The verdicts go into the ledger: dpkg gets nothing gated without that (G1).
  case recordingIntent = "recording-intent"
  /// The network is read as it is.
  case lookingBefore = "looking-before"
  /// The process that watches the network, and apt, is started: before the shields, so that none is ever without it.
  case guarding
  /// The restarts of shielded units are made impossible.
  case shielding
  /// dpkg runs. Nothing of the hook does.
  case applying
  /// What was raised for a transaction that is refused goes down again.
  case withdrawing
  case recordingVeto = "recording-veto"
  /// The network is read again and compared.
  case lookingAfter = "looking-after"
  /// What is missing is put back.
  case restoring
  /// Is the network of use?
  case probing
  /// The shields go down; what they refused is owed from now on.
  case unshielding
  case recordingOutcome = "recording-outcome"
  /// Nothing is left to do.
  case closed

  /// The states that may come next.
  public var followers: Set<TransactionState> {
    switch self {
    case .deciding: [.recordingIntent, .recordingVeto, .closed]
    case .recordingIntent: [.lookingBefore, .applying, .withdrawing]
    case .lookingBefore: [.guarding, .applying, .withdrawing]
    case .guarding: [.shielding, .applying, .withdrawing]
    case .shielding: [.applying, .withdrawing]
    case .applying: [.lookingAfter, .recordingOutcome]
    case .withdrawing: [.recordingVeto]
    case .recordingVeto: [.closed]
    case .lookingAfter: [.restoring, .probing]
    case .restoring: [.probing]
    case .probing: [.unshielding, .recordingOutcome]
    case .unshielding: [.recordingOutcome]
    case .recordingOutcome: [.closed]
    case .closed: []
    }
  }

  /// Whether dpkg has not been let go yet.
  public var isBeforeDpkg: Bool {
    switch self {
    case .deciding, .recordingIntent, .lookingBefore, .shielding, .guarding, .withdrawing, .recordingVeto: true
    case .applying, .lookingAfter, .restoring, .probing, .unshielding, .recordingOutcome, .closed: false
    }
  }
}
