import AptSystem
import GateEngine
import GateModel
import Ledger
import LedgerLog
import NetworkState
import NetworkSystem
import SystemdSystem

/// Does what the transaction wants after dpkg, whoever finishes it.
final class FinishSteps: TransactionFinishing {
  private let settings: HookSettings
  private let record: TransactionRecord
  private let network: any NetworkFinishing
  private let probes: ProbeRun?
  /// nil if nobody has begun to lower the shields.
  private let lowering: ShieldLowering?
  private let deadline: ContinuousClock.Instant
  private(set) var owed: [OwedRestart] = []
  private var counts = NetworkRecord()

  init(
    settings: HookSettings, record: TransactionRecord, network: any NetworkFinishing, probes: ProbeRun?,
    lowering: ShieldLowering?, deadline: ContinuousClock.Instant
  ) {
    self.settings = settings
    self.record = record
    self.network = network
    self.probes = probes
    self.lowering = lowering
    self.deadline = deadline
  }

  func lookAfter() throws -> Int {
    counts.lost = try network.lookAfter()
    counts.missing = counts.lost
    return counts.lost
  }

  func restore() throws -> Int {
    counts.restored = try network.restore()
    counts.missing = max(0, counts.lost - counts.restored)
    return counts.restored
  }

  func probe() throws -> [String] { try probes?.after() ?? [] }

  func lowerShield(_ units: [String]) throws {
    let outcome = (lowering ?? ShieldLowering(record, by: deadline)).outcome()
    owed = record.shielded.flatMap { $0.owed(of: outcome.units, boot: record.boot) }
    if let problem = outcome.problem { throw problem }
    NewsDesk(settings.gate).note(record.units.map { GateNews.shield(.shieldLowered, of: $0, in: record.id) })
  }

  func recordOutcome(_ result: TransactionResult) throws {
    let bodies = owedRecords + [LedgerBody.transactionOutcome(outcome(result))]
    try NodeLedger.ofHook(settings).append(bodies, at: .now)
    settings.tellFleet(result, missing: counts.naming(network.names).missingObjects ?? [])
    let text = FinishText(result: result, owed: owed)
    let finished = GateNews(
      .transactionFinished, text.summary, [.transaction: record.id, .result: result.isGood ? "completed" : "failed"])
    let holds = record.pins.flatMap { try? PinStore.read($0).holds }
    NewsDesk(settings.gate, holds: holds)
      .tell([finished] + GateNews.network(counts, in: record.id) + owed.map(GateNews.init(owed:)))
  }

  private var owedRecords: [LedgerBody] {
    Dictionary(grouping: owed, by: \.unit).sorted { $0.key < $1.key }.map { unit, restarts in
      .owedRestart(
        OwedRestartRecord(
          unit: unit, transaction: record.id, sources: Set(restarts.map(\.source)).sorted(), boot: record.boot))
    }
  }

  private func outcome(_ result: TransactionResult) -> TransactionOutcome {
    let ending: RunResult = result.end == .interrupted ? .interrupted : result.isGood ? .completed : .failed
    return TransactionOutcome(
      transaction: record.id, result: ending,
      message: result.problems.isEmpty ? nil : result.problems.joined(separator: "; "),
      network: record.isWatched ? counts.naming(network.names) : nil, failedProbes: result.failedProbes)
  }
}

extension TransactionRecord.ShieldedChange {
  /// The restarts that are owed for it, given the shielded units as they are now.
  func owed(of units: [UnitSnapshot], boot: String) -> [OwedRestart] {
    let change = Change(
      source: source, from: nil, to: PackageVersion(version), action: .upgrade, binaries: [])
    return OwedRestart.owed(by: change, effects: effects, units: units, boot: boot, now: .now)
  }
}
