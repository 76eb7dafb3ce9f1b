import GateModel
import Rollout
import RolloutCoordination

/// People who give orders now and then, sensible or not.
final class SimulatedOperator: @unchecked Sendable {
  // Sendable: used by one thread only, see `SimulationExecutor`.
  private unowned let world: SimulatedWorld
  private let ids: [RolloutID]

  init(_ world: SimulatedWorld, _ ids: [RolloutID]) {
    self.world = world
    self.ids = ids
  }

  func begin() {
    guard let mean = world.scenario.orders else { return }
    world.after(world.faults.around(mean)) { [self] in
      guard !world.faults.isCalm else { return }
      order()
      begin()
    }
  }

  private func order() {
    let id = ids[world.faults.below(ids.count)]
    let ring = world.scenario.plan.rings[world.faults.below(world.scenario.plan.rings.count)].name
    let node = world.nodes[world.faults.below(world.nodes.count)]
    let description = node.description
    let who = "person\(world.faults.below(3))"
    switch world.faults.below(12) {
    case 0, 1: give(id) { $0.halted(by: who, "looks odd", at: $1) }
    case 2, 3, 4: give(id) { $0.resumed(by: who, "looked at it", at: $1) }
    case 5, 6: give(id) { $0.approved(ring, by: who, "fine", at: $1) }
    case 7: give(id) { $0.promoted(ring, by: who, "in a hurry", at: $1) }
    // Who goes on without a node has looked that nothing runs on it.
    case 8 where !node.isWorking(on: id):
      give(id, node) { $0.skipped(description, by: who, "it is being replaced", at: $1) }
    case 9 where !node.isWorking(on: id): give(id, node) { $0.retried(by: who, "repaired", at: $1) }
    case 10: give(id, node) { $0.admitted(by: who, "it is the other architecture", at: $1) }
    case 11 where world.faults.below(8) == 0: give(id) { $0.abandoned(by: who, "no good", at: $1) }
    default: break
    }
  }

  private func give(
    _ id: RolloutID, _ node: SimulatedNode? = nil,
    _ event: @escaping @Sendable (inout RolloutStateMachine, Timestamp) -> OrderAnswer
  ) {
    let coordinator = world.coordinators[world.faults.below(world.coordinators.count)]
    let plan = coordinator.plan
    let name = node?.draft.name
    coordinator.serve(
      { rollouts, now in try await rollouts.order(id, node: name, under: plan) { event(&$0, now) } },
      then: { _ in })
  }
}
