import GateEngine
import GateModel
import LedgerLog
import SystemdSystem

extension GateNews {
  static func shield(_ event: JournalEvent, of unit: String, in transaction: String) -> GateNews {
    let what = event == .shieldRaised ? "is shielded" : "is shielded no more"
    return GateNews(event, "\(unit) \(what)", [.unit: unit, .transaction: transaction])
  }

  /// A hook was ended at its time limit. Only for the journal: what hangs may be what telling others needs.
  static func deadlineMissed(by hook: String, after limit: Duration) -> GateNews {
    GateNews(.deadlineMissed, "`hook \(hook)` was ended at its deadline, after \(Int(limit / .milliseconds(1))) ms")
  }

  init(owed restart: OwedRestart) {
    self.init(
      .restartOwed, "the restart of \(restart.unit) is owed",
      [.unit: restart.unit, .source: restart.source, .version: restart.version.text])
  }

  init(_ event: JournalEvent, _ target: Pin, _ reason: String, by person: LedgerActor) {
    let verb = event == .approvalGiven ? "approved" : "took back the approval of"
    self.init(
      event, "\(person.name) \(verb) \(target.source) \(target.version.text): \(reason)",
      [.person: person.name, .source: target.source, .version: target.version.text])
  }

  /// What became of the network, if anything was lost.
  static func network(_ counts: NetworkRecord, in transaction: String) -> [GateNews] {
    func news(_ event: JournalEvent, _ count: Int, _ words: String) -> GateNews? {
      guard count > 0 else { return nil }
      return GateNews(
        event, "\(CountText.of(count, "object", "objects")) of the network \(words)",
        [.transaction: transaction, .count: "\(count)"])
    }
    return [
      news(.networkLost, counts.lost, "lost"), news(.networkRestored, counts.restored, "put back"),
      news(.networkNotRestored, counts.missing, "still missing"),
    ].compactMap(\.self)
  }
}
