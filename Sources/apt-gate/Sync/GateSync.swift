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
  func enact(_ holds: [Hold]) throws -> Bool { try store.enact(PinFile(holds: holds)) }
}

/// `apt-gate sync` put together from the rooms.
struct GateSync {
  let gate: Gate
  let settings: GateSettings
  let policies: PolicySet
  var isDryRun = false
  var claims = false
  /// The moment of the sync.
  let now = Timestamp.now

  var policyDigest: String { PolicyFingerprint.text(of: policies.canonicalBytes) }

  /// Decides on everything and makes apt follow. Throws where nothing can be said of what is pending.
  func run() throws -> SyncReport {
    defer { gate.progress.finish() }
    let store = AptHoldStore(store: try PinStore(collector: gate.collector))
    let ledger = ledger
    let pipeline = SyncPipeline(
      source: gate.collector, store: store, ledger: ledger, slots: slots,
      check: try checker(holds: (try? store.holds()) ?? [], ledger: ledger))
    var report = try pipeline.run(mode: settings.mode, isDryRun: isDryRun, now: now)
    if let reason = gate.network.unknown?.reason { report.plan.warnings.append("`network` is not known: \(reason)") }
    return report
  }

  /// Who is asked for what is staged; without a fleet it waits.
  private var slots: (any SlotClaiming)? {
    guard let fleet = settings.fleet else { return claims ? NoCoordinator() : nil }
    return CoordinatorSlots(fleet, collector: gate.collector, state: settings.state, asks: claims)
  }

  private func checker(holds: [Hold], ledger: NodeSyncLedger) throws -> SyncPipeline.Checker {
    let archives = try DownloadFolder(settings.state)
    let analyser = ChangeAnalyser(source: gate.contents(archives), files: try gate.nodeFiles())
    let base = FactsDecider(
      policies: policies, node: policies.asksForGroups ? nil : gate.node.facts, now: now,
      memory: NodeMemory(holds: holds, state: settings.state, now: now), network: gate.network)
    let approvals = (try? ledger.approvals(at: now)) ?? []
    let (digest, remembering) = (policyDigest, base)
    return { changes, firstSeen in
      var base = remembering
      for (pin, time) in firstSeen { base.memory.firstSeen[NodeMemory.Version(pin)] = time }
      let decider = RecordedDecider(base: base, approvals: approvals, policyDigest: digest)
      return CheckPipeline(source: gate.collector, names: gate.collector, analyser: analyser, decider: decider)
        .check(changes, progress: gate.tell)
    }
  }

  /// The ledger; a dry run makes none and writes nothing.
  var ledger: NodeSyncLedger {
    let opened = Result { () throws(LedgerError) -> NodeLedger in
      isDryRun
        ? try NodeLedger.read(state: settings.state)
        : try NodeLedger.open(state: settings.state, node: gate.node.hostname)
    }
    return NodeSyncLedger(ledger: opened, policyDigest: policyDigest, isReadOnly: isDryRun)
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
