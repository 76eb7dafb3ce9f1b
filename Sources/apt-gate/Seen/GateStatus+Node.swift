import AptSystem
import GateConfiguration
import GateModel
import Ledger
import LedgerLog
import SystemdSystem

extension GateStatus {
  /// How the node stands: what the pins hold, and what the ledger has of restarts, runs and the network. nil if the
  /// ledger cannot be read: a wrong number is worse than an old one.
  init?(_ settings: GateSettings, holds: [GateModel.Hold]? = nil) {
    guard let ledger = try? NodeLedger.atHand(state: settings.state), let owed = try? ledger.owedRestarts(),
      let ends = try? [LedgerKind.transactionOutcome, .veto].flatMap({ kind in
        try ledger.entries(EntryFilter(kinds: [kind], limit: 1))
      }),
      let network = try? ledger.networkTotals()
    else { return nil }
    let holds = holds ?? (try? PinStore(collector: AptCollector()).read().holds) ?? []
    self.init(
      held: holds.map {
        Hold(source: $0.source, rules: $0.decidedBy.isEmpty ? $0.heldBy : $0.decidedBy, since: $0.since)
      },
      owed: owed.flatMap(OwedRestart.all), lastRun: ends.max { $0.sequence < $1.sequence }.flatMap(Self.run),
      networkLost: ["object": network.lost], networkRestored: ["object": network.restored])
  }

  private static func run(_ entry: LedgerEntry) -> (result: RunResult, at: Timestamp)? {
    switch entry.body {
    case .veto: return (.vetoed, entry.time)
    case .transactionOutcome(let outcome):
      switch outcome.result {
      case .completed: return (.done, entry.time)
      case .failed: return (.failed, entry.time)
      case .refused: return (.vetoed, entry.time)
      case .interrupted: return (.interrupted, entry.time)
      }
    default: return nil
    }
  }
}

extension OwedRestart {
  /// What the ledger has of an owed restart, for each source that asks for it.
  fileprivate static func all(_ recorded: Recorded<OwedRestartRecord>) -> [OwedRestart] {
    recorded.record.sources.map { source in
      OwedRestart(
        unit: recorded.record.unit, source: source, version: PackageVersion(""), since: recorded.time, boot: "",
        invocation: nil)
    }
  }
}
