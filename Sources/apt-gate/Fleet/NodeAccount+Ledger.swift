import CoordinatorAPI
import GateModel
import Ledger
import LedgerLog

extension NodeAccount {
  /// What the node's ledger tells of late.
  init(_ ledger: NodeLedger) throws {
    let runs: Set<LedgerKind> = [.transactionIntent, .transactionOutcome, .restartIntent, .restartOutcome]
    let restarts = try ledger.owedRestarts()
    let count = try ledger.count()
    self.init(
      decisions: try Self.decisions(in: ledger),
      transactions: Self.transactions(
        in: try ledger.entries(EntryFilter(kinds: runs, limit: Self.mostTransactions * 4))),
      owedRestarts: restarts.map { OwedRestart(unit: $0.record.unit, since: $0.time, sources: $0.record.sources) },
      ledger: Ledger(
        key: ledger.verifierKey.description, entries: count, last: count > 0 ? try ledger.entry(count - 1).time : nil))
  }

  private static func decisions(in ledger: NodeLedger) throws -> [Decision] {
    let versions = try ledger.lastSync()?.record.versions ?? []
    return try versions.prefix(mostDecisions).compactMap { text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let found = try ledger.lastDecision(source: parts[0], version: parts[1]) else {
        return nil
      }
      return Decision(found.record, at: found.time)
    }
  }

  /// The newest first. A run whose beginning is older than `entries` is left out.
  private static func transactions(in entries: [LedgerEntry]) -> [Transaction] {
    var runs: [Transaction] = []
    func change(_ id: String, _ body: (inout Transaction) -> Void) {
      if let place = runs.firstIndex(where: { $0.id == id }) { body(&runs[place]) }
    }
    for entry in entries {
      switch entry.body {
      case .transactionIntent(let intent):
        let subjects = intent.changes.map { "\($0.source) \($0.from ?? "–") → \($0.to ?? "–")" }
        if intent.part > 1 {
          change(intent.transaction) { $0.subjects += subjects }
        } else {
          runs.append(Transaction(id: intent.transaction, began: entry.time, subjects: subjects))
        }
      case .restartIntent(let intent):
        runs.append(
          Transaction(id: intent.transaction, began: entry.time, subjects: intent.units.map { "restart of \($0)" }))
      case .transactionOutcome(let outcome):
        change(outcome.transaction) {
          $0.end(entry.time, outcome.result, outcome.message, outcome.network)
        }
      case .restartOutcome(let outcome):
        change(outcome.transaction) {
          $0.end(entry.time, outcome.result, outcome.message, outcome.network)
        }
      default: break
      }
    }
    return Array(runs.suffix(mostTransactions).reversed())
  }
}

extension NodeAccount.Decision {
  init(_ record: DecisionRecord, at time: Timestamp) {
    self.init(
      source: record.change.source, from: record.change.from, to: record.change.to, verdict: record.verdict.rawValue,
      rules: record.decidedBy, message: record.message, clearsWhen: record.clearsWhen,
      security: record.change.isSecurity, cves: record.change.changelog?.cves, responsible: record.responsible,
      effects: record.effects?.map { effect in
        NodeAccount.Effect(
          kind: effect.kind.rawValue, unit: effect.unit, verb: effect.verb, certainty: effect.certainty.rawValue,
          basis: effect.basis.rawValue)
      }, decided: time)
  }
}

extension NodeAccount.Transaction {
  mutating func end(_ time: Timestamp, _ result: RunResult, _ message: String?, _ network: NetworkRecord?) {
    self.ended = time
    self.result = result.rawValue
    self.message = message
    self.network = network.map { network in
      NodeAccount.Network(
        lost: network.lost, restored: network.restored, missing: network.missing,
        objects: Array(network.objects.prefix(NodeAccount.mostObjects)), missingObjects: network.missingObjects)
    }
  }
}
