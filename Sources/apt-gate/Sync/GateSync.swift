public import AptSystem
import GateConfiguration
public import GateEngine
import GateModel
import Ledger
import LedgerLog
import PackageAnalysis
import Policy

extension AptCollector: HoldPlanSource {}

/// The pins on this node as the engine sees them.
struct AptHoldStore: HoldStore {
  let store: PinStore

  func holds() throws -> [Hold] { try store.read().holds }
  func enact(_ holds: [Hold]) throws -> Bool {
    Failpoint.reach(.syncEnact)
    defer { Failpoint.reach(.syncEnacted) }
    return try store.enact(PinFile(holds: holds))
  }
}

/// `apt-gate sync` put together from the rooms.
struct GateSync {
  let gate: Gate
  let settings: GateSettings
  let policies: PoliciesInForce
  var isDryRun = false
  var claims = false
  /// Where changelogs are asked for; nil where nobody wants that.
  var changelogs: ChangelogCompletion?
  /// The moment of the sync.
  let now = Timestamp.now

  var policyDigest: String { policies.digest }

  /// Decides on everything and makes apt follow. Throws where nothing can be said of what is pending.
  func run() throws -> SyncReport {
    defer { gate.progress.finish() }
    let store = AptHoldStore(store: try PinStore(collector: gate.collector))
    let ledger = ledger
    if !isDryRun { try? recordConfiguration(in: ledger) }  // A ledger that cannot be written is the pipeline's to tell.
    let pipeline = SyncPipeline(
      source: gate.collector, store: store, ledger: ledger, slots: slots,
      check: try checker())
    var report = try pipeline.run(mode: settings.mode, isDryRun: isDryRun, now: now)
    if !isDryRun { NewsDesk(settings, holds: report.holds).tell(report.news) }
    if let reason = gate.network.unknown?.reason { report.plan.warnings.append("`network` is not known: \(reason)") }
    return report
  }

  /// Who is asked for what is staged; without anybody it waits.
  private var slots: (any SlotClaiming)? {
    if let fleet = settings.fleet {
      return CoordinatorSlots(fleet, collector: gate.collector, state: settings.state, asks: claims)
    }
    if let server = settings.fleetLock { return FleetLockClaims(server, state: settings.state, asks: claims) }
    return claims ? NoCoordinator() : nil
  }

  private func checker() throws -> SyncPipeline.Checker {
    let archives = try DownloadFolder(settings.state)
    let analyser = ChangeAnalyser(
      source: gate.contents(archives), files: try gate.nodeFiles(), libraries: try gate.libraryRestarts())
    let deciding = try gate.decider(policies, state: settings.state)
    let completion = changelogs
    return { changes, firstSeen in
      var decider = deciding
      decider.recall = nil
      for (pin, time) in firstSeen { decider.base.memory.firstSeen[NodeMemory.Version(pin)] = time }
      return CheckPipeline(source: gate.collector, names: gate.collector, analyser: analyser, decider: decider)
        .check(changes, progress: gate.tell).map { completion?.complete($0) ?? $0 }
    }
  }

  private func recordConfiguration(in ledger: NodeSyncLedger) throws {
    let record = ConfigurationRecord(inForce: policies.set, digest: policyDigest, mode: settings.mode)
    try ledger.ledger.get().recordConfiguration(record, at: now)
  }

  /// The ledger; a dry run makes none and writes nothing.
  var ledger: NodeSyncLedger {
    let opened = Result { () throws(LedgerError) -> NodeLedger in
      isDryRun
        ? try NodeLedger.read(state: settings.state)
        : try NodeLedger.open(state: settings.state, node: gate.node.hostname)
    }
    return NodeSyncLedger(ledger: opened, policyDigest: policyDigest, isReadOnly: isDryRun) { change in
      gate.network.facts(for: change)?.atRisk
    }
  }
}

extension SyncReport {
  /// What the exit code says: what could not be done first, then what could not be decided, then what is held.
  func status(isPolicyBroken: Bool) -> ExitStatus {
    if !problems.isEmpty { return .failed }
    if isPolicyBroken || strictest == .undetermined { return .undetermined }
    return plan.holds.isEmpty ? .done : .held
  }
}
