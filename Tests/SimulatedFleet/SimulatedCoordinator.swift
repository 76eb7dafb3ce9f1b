import FleetStore
import GateModel
import Rollout
import RolloutCoordination

/// A coordinator: answers what reaches it, sweeps now and then, crashes, and has a clock of its own.
final class SimulatedCoordinator: @unchecked Sendable {
  // Sendable: used by one thread only, see `SimulationExecutor`.
  private unowned let world: SimulatedWorld
  let number: Int
  private var store: SimulatedStore
  private(set) var isUp = true
  /// Seconds that its clock is ahead.
  private var ahead: Int64 = 0
  /// Whether nodes cannot reach it.
  private(set) var isCutOff = false
  /// Counts its lives: what an earlier one began means nothing to a later one.
  private var life = 0

  init(_ world: SimulatedWorld, number: Int) {
    self.world = world
    self.number = number
    store = SimulatedStore(world)
    ahead = Int64(world.faults.below(5)) - 2
    world.after(Int64(1000 + world.faults.below(10_000))) { self.survey() }
    world.after(Int64(5000 + world.faults.below(60_000))) { self.sweep() }
    scheduleTrouble()
  }

  var plan: PlanInForce { PlanInForce(world.scenario.plan) }
  var clock: Timestamp { Timestamp(secondsSinceEpoch: world.truth.secondsSinceEpoch + ahead) }

  /// Runs `body` unless the coordinator is down; the answer is lost if it goes down meanwhile, or if the store fails.
  func serve<Answer: Sendable>(
    _ body: @escaping @Sendable (RolloutCoordinator, Timestamp) async throws -> Answer,
    then answer: @escaping @Sendable (Answer) -> Void
  ) {
    guard isUp else { return }
    let life = life
    let coordinator = RolloutCoordinator(store: store)
    let now = clock
    world.run {
      guard let result = try? await body(coordinator, now) else { return }
      if self.isUp, self.life == life { answer(result) }
    }
  }

  private func sweep() {
    let plan = plan
    serve({ try await $0.sweep(under: plan, at: $1) }, then: { _ in })
    world.after(world.faults.around(12 * Scenario.minute)) { self.sweep() }
  }

  private func survey() {
    let plan = plan
    serve({ try await $0.survey(under: plan, at: $1) }, then: { _ in })
    world.after(world.faults.around(60 * Scenario.minute)) { self.survey() }
  }

  // MARK: Trouble

  private func scheduleTrouble() {
    again(world.scenario.coordinatorCrashes) { coordinator in
      coordinator.crash()
      coordinator.world.after(coordinator.world.faults.around(10 * Scenario.minute)) { coordinator.restart() }
    }
    again(world.scenario.clockJumps) { coordinator in
      coordinator.ahead = Int64(coordinator.world.faults.below(4 * 3600)) - 2 * 3600
    }
    again(world.scenario.partitions) { coordinator in
      let isFromStore = coordinator.world.faults.below(2) == 0
      if isFromStore { coordinator.store.isCutOff = true } else { coordinator.isCutOff = true }
      coordinator.world.after(coordinator.world.faults.around(15 * Scenario.minute)) {
        coordinator.store.isCutOff = false
        coordinator.isCutOff = false
      }
    }
  }

  private func again(_ mean: Int64?, _ body: @escaping (SimulatedCoordinator) -> Void) {
    guard let mean else { return }
    world.after(world.faults.around(mean)) {
      guard !self.world.faults.isCalm else { return }
      body(self)
      self.again(mean, body)
    }
  }

  func crash() {
    isUp = false
    store.isGone = true
  }

  private func restart() {
    guard !isUp else { return }
    store = SimulatedStore(world)
    life += 1
    isUp = true
  }

  func recover() {
    restart()
    store.isCutOff = false
    isCutOff = false
    ahead = 0
  }
}
