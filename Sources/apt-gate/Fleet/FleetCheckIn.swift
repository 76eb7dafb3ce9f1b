import AptSystem
import CoordinatorAPI
import CoordinatorClient
import GateConfiguration
import GateModel
import Ledger
import LedgerLog
import Rollout

/// Tells the coordinator how the node is: first what it has not been told, then the node's labels and what it holds.
struct FleetCheckIn {
  let fleet: FleetMembership
  let settings: GateSettings
  let gate: Gate
  /// Whether slots that apt's last run did not use go back.
  var returnsUnused = false

  func run() throws -> CheckInAnswer {
    let pending = Set(try gate.collector.pending().changes.compactMap(RolloutID.init(of:)))
    let outcome = FleetOutcome(fleet: fleet, state: settings.state)
    try outcome.settle(pending: pending, returningUnused: returnsUnused)
    try outcome.deliver(within: fleet.deadline)
    let witnessing = LedgerWitnessing(state: settings.state, node: gate.node.hostname)
    var answer = try ask([], pending, try? witnessing.offer())
    if let seen = try? witnessing.took(answer.ledger) {
      answer = try ask([], pending, try? witnessing.offer(seen: seen))
      _ = try? witnessing.took(answer.ledger)
    }
    // Whom a rollout does not concern says so at once, so that nobody waits for it.
    let unaffected = answer.active.filter { id in
      !pending.contains(id) && !own.contains { $0.rollout == id } && !answer.phases.contains { $0.rollout == id }
    }
    if !unaffected.isEmpty {
      let witness = answer.ledger
      answer = try ask(unaffected, pending)
      answer.ledger = witness
    }
    try forget(answer)
    FleetPolicies(fleet: fleet, settings: settings, hostname: gate.node.hostname)
      .followQuietly(offered: answer.policyBundle)
    return answer
  }

  private var own: [NodeGrant] { GrantFile(state: settings.state).grants() }

  private func ask(
    _ unaffected: [RolloutID], _ pending: Set<RolloutID>, _ ledger: LedgerOffer? = nil
  ) throws -> CheckInAnswer {
    let now = Timestamp.now
    var words = own.filter { $0.phase == .healthy && !pending.contains($0.rollout) }.map { grant in
      RolloutWord(
        rollout: grant.rollout, state: .healthy,
        healthySeconds: grant.healthySince.map { max(0, now.duration(since: $0).components.seconds) })
    }
    words += unaffected.map { RolloutWord(rollout: $0, state: .unaffected) }
    let request = CheckInRequest(labels: fleet.labels, rollouts: words, summary: summary(), ledger: ledger)
    let patience = fleet.deadline
    return try FleetQuestion.ask(fleet.address, within: patience) { try await $0.checkIn(request, within: patience) }
  }

  private func summary() -> NodeSummary {
    let node = gate.node
    let holds = (try? PinStore(collector: gate.collector).read().holds) ?? []
    let ledger = try? NodeLedger.read(state: settings.state)
    let held = holds.flatMap { hold in
      hold.versions.map { version in
        NodeSummary.Held(
          source: hold.source, version: version.text, verdict: hold.verdict.rawValue, message: hold.message ?? "",
          since: hold.since)
      }
    }
    return NodeSummary(
      gate: AptGate.version, distribution: node.system, release: node.systemVersion, architecture: node.machine,
      kernel: node.kernel, held: held,
      owedRestarts: ((try? ledger?.owedRestarts()) ?? nil)?.map(\.record.unit).sorted() ?? [],
      checkpoint: ((try? ledger?.checkpoint()) ?? nil)?.note.description,
      account: ledger.flatMap { try? NodeAccount($0) })
  }

  /// Grants whose rollout knows that they have soaked are needed no more.
  private func forget(_ answer: CheckInAnswer) throws {
    let soaked = Set(answer.phases.filter { $0.phase == .soaked }.map(\.rollout))
    try GrantFile(state: settings.state).change { grants in
      grants.removeAll { $0.phase == .healthy && $0.isReported && soaked.contains($0.rollout) }
    }
  }
}

extension RolloutID {
  /// The rollout that a change takes part in; nil for a removal.
  init?(of change: Change) {
    guard let version = change.to else { return nil }
    self.init(source: change.source, version: version.text)
  }
}
