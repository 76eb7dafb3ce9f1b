import GateEngine
import GateModel
import Ledger
import LedgerLog

/// What the ledger and the holds tell a command that writes nothing.
///
/// A ledger that is not there yet begins with the next sync: what is pending is then seen now. One that cannot be read
/// says nothing, and why is kept.
final class LedgerRecall {
  /// Holds and owed restarts.
  let memory: NodeMemory
  let approvals: [Approval]
  let policyDigest: String
  /// Why the ledger says nothing; nil if it does.
  private(set) var unknown: UnknownFact?
  private let ledger: NodeSyncLedger?
  private let now: Timestamp

  /// `state` is the folder of the ledger; nil if the ledger of this node is not about these packages.
  init(state: String?, holds: [Hold], policyDigest: String, now: Timestamp) {
    self.policyDigest = policyDigest
    self.now = now
    guard let state else {
      memory = NodeMemory(holds: holds, owed: nil, now: now)
      (ledger, approvals) = (nil, [])
      unknown = UnknownFact("update.firstSeen", reason: "the packages are those of another root than `/`")
      return
    }
    let opened = Result { () throws(LedgerError) -> NodeLedger in try NodeLedger.atHand(state: state) }
    memory = NodeMemory(holds: holds, owed: RecordedRestart.all(in: opened), now: now)
    let ledger = NodeSyncLedger(ledger: opened, policyDigest: policyDigest, isReadOnly: true)
    self.ledger = ledger
    approvals = (try? ledger.approvals(at: now)) ?? []
  }

  /// Whether a policy gated a version of the source of `change` when it was last decided on; false if the ledger does not
  /// say.
  func wasGated(_ change: Change) -> Bool {
    (try? ledger?.ledger.get().wasGated(source: change.source)) ?? false
  }

  /// Since when the new version is known.
  func firstSeen(_ change: Change) -> Timestamp? {
    guard let ledger, unknown == nil, let target = change.target else { return nil }
    do {
      return try ledger.firstSeen(of: [change], now: now)[target]
    } catch {
      unknown = UnknownFact("update.firstSeen", reason: "\(error)")
      return nil
    }
  }
}

extension NodeMemory {
  /// What the holds say, and the ledger of owed restarts; nil if that is not known.
  init(holds: [Hold], owed: [RecordedRestart]?, now: Timestamp) {
    self.init(owedRestarts: owed.map { Set($0.map(\.unit)) })
    for hold in holds {
      for pin in hold.pins { heldSince[Version(pin)] = hold.since ?? now }
    }
  }
}

extension NodeMemory.Version {
  init(_ pin: Pin) { self.init(source: pin.source, version: pin.version) }
}
