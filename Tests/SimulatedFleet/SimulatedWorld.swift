import FleetStore
import GateModel
import Rollout
import RolloutCoordination
import TestSupport

/// One simulation: the time, what is to happen, and everybody in it.
final class SimulatedWorld: @unchecked Sendable {
  // Sendable: used by one thread only, see `SimulationExecutor`.
  let scenario: Scenario
  private(set) var now: Int64 = 0
  private var queue = EventQueue()
  private let executor = SimulationExecutor()
  var table = MemoryTable()
  var faults: FaultSource
  var invariants: Invariants
  private(set) var nodes: [SimulatedNode] = []
  private(set) var coordinators: [SimulatedCoordinator] = []
  private(set) var steps = 0

  /// 2026-03-02T00:00:00Z, a Monday, in milliseconds.
  static let epoch: Int64 = 1_772_409_600_000

  init(scenario: Scenario, seed: Seed, flaw: Flaw? = nil) {
    self.scenario = scenario
    faults = FaultSource(seed)
    invariants = Invariants(plan: scenario.plan)
    table.comparesVersions = flaw != .storeWithoutCompare
    coordinators = (0..<scenario.coordinators).map { SimulatedCoordinator(self, number: $0) }
    nodes = scenario.nodes.map { SimulatedNode(self, $0, skipsConfirmation: flaw == .nodeWithoutConfirmation) }
  }

  /// Set when the simulation is over: nothing new is to happen.
  private var isEnding = false

  func after(_ delay: Int64, _ body: @escaping () -> Void) {
    if !isEnding { queue.add(at: now + delay, body) }
  }

  /// As ``after(_:_:)``, but never left out: someone waits for it.
  func resume(after delay: Int64, _ body: @escaping () -> Void) {
    if isEnding { body() } else { queue.add(at: now + delay, body) }
  }

  /// A call that may wait for events.
  func run(_ body: @escaping @Sendable () async -> Void) {
    Task(executorPreference: executor) { await body() }
  }

  var truth: Timestamp { Timestamp(secondsSinceEpoch: (Self.epoch + now) / 1000) }

  /// Lets time pass until `end`, or until something is wrong.
  func advance(to end: Int64) {
    while let time = queue.nextTime, time <= end, invariants.violation == nil, let event = queue.next() {
      now = event.time
      steps += 1
      event.body()
      executor.drain()
    }
    now = max(now, end)
  }

  /// Writes, if the store would, and looks at what it has become.
  func commit(_ transaction: StoreTransaction) -> StoreOutcome {
    let outcome = table.transact(transaction)
    if outcome != .conflict { invariants.committed(transaction.writes, in: self) }
    return outcome
  }

  /// From now on nothing goes wrong any more: who is down comes back, clocks are right, no order is given.
  func calmDown() {
    faults.isCalm = true
    for coordinator in coordinators { coordinator.recover() }
    for node in nodes { node.recover() }
  }

  /// Ends what still waits, so that nothing outlives the simulation.
  func finish() {
    for coordinator in coordinators { coordinator.crash() }
    isEnding = true
    while let event = queue.next() {
      event.body()
      executor.drain()
    }
  }
}

extension SimulatedWorld: FleetTruth {
  func wellFor(_ record: NodeRecord, _ id: RolloutID) -> Int64 {
    nodes.first { $0.draft.name == record.node }?.work[id]?.wellSince.map { now - $0 } ?? -1
  }
}

/// What is wrong on purpose, to see that it is found out.
public enum Flaw: String, Sendable, CaseIterable {
  /// The store writes whatever the conditions say.
  case storeWithoutCompare = "store-without-compare"
  /// Nodes begin with their grant and do not wait for the answer when they ask again right before dpkg.
  case nodeWithoutConfirmation = "node-without-confirmation"
}
