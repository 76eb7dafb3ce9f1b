import GateModel
import Rollout
import RolloutCoordination
import TestSupport

/// Plays one seed to its end.
public struct Simulation {
  /// How a seed ended.
  public struct Result: Sendable {
    public var seed: UInt64
    /// What was wrong; nil if nothing was.
    public var violation: String?
    /// Each rollout with its status, and what it waits for at the end.
    public var rollouts: [String]
    public var completed: Int
    public var events: Int
    public var writes: Int
    /// How many hours were played.
    public var hours: Int
  }

  /// How long things go wrong, and how long they may take to come to an end afterwards.
  private static let chaos = 12 * 60 * Scenario.minute
  private static let calm = 48 * 60 * Scenario.minute

  public static func run(seed: UInt64, flaw: Flaw? = nil) -> Result {
    var source = Seed(value: seed)
    let scenario = Scenario(&source)
    let world = SimulatedWorld(scenario: scenario, seed: Seed(value: source.next()), flaw: flaw)
    let ids = offers(world)
    let operators = SimulatedOperator(world, ids)
    operators.begin()
    world.advance(to: chaos)
    world.calmDown()
    let end = world.now + calm
    while world.now < end, world.invariants.violation == nil, !isSettled(world, ids) {
      world.advance(to: world.now + 60 * Scenario.minute)
    }
    let violation = world.invariants.violation ?? unfinished(world, ids)
    let result = Result(
      seed: seed, violation: violation, rollouts: world.invariants.rollouts.map { line($0, world) },
      completed: world.invariants.rollouts.filter { $0.status == .completed }.count, events: world.steps,
      writes: world.invariants.checked, hours: Int(world.now / (60 * Scenario.minute)))
    world.finish()
    return result
  }

  /// Lets versions come into apt's lists of the nodes, each at its own time.
  private static func offers(_ world: SimulatedWorld) -> [RolloutID] {
    var wanted = [("systemd", "252.39-1~deb12u1", Int64(0))]
    if world.scenario.hasSecondSource { wanted.append(("linux", "6.1.158-1", 30 * Scenario.minute)) }
    if world.scenario.hasNewerVersion { wanted.append(("systemd", "252.39-1~deb12u2", 240 * Scenario.minute)) }
    var ids: [RolloutID] = []
    for (source, version, start) in wanted {
      guard let id = RolloutID(source: source, version: version) else { continue }
      ids.append(id)
      for node in world.nodes {
        world.after(start + Int64(world.faults.below(Int(60 * Scenario.minute)))) { node.offer(id) }
      }
    }
    return ids
  }

  private static func machine(_ id: RolloutID, _ world: SimulatedWorld) -> RolloutStateMachine? {
    world.invariants.rollouts.first { $0.id == id }.map { head in
      RolloutStateMachine(plan: world.scenario.plan, head: head, book: world.invariants.slotBook)
    }
  }

  /// Whether nothing is left that time alone would bring on.
  private static func isSettled(_ world: SimulatedWorld, _ ids: [RolloutID]) -> Bool {
    ids.allSatisfy { id in
      guard let machine = machine(id, world) else { return false }
      return machine.head.status.isOver || machine.head.status == .halted
        || machine.reasons(at: world.truth).allSatisfy(isForPeople)
    }
  }

  /// Whether a reason ends only if a person does something.
  private static func isForPeople(_ reason: WaitReason) -> Bool {
    switch reason {
    case .halted, .approvals, .minimumHealthy, .noMembers, .noRing, .severalRings, .unproven, .unprovenNodes: true
    case .window(_, let opens): opens == nil
    case .earlierRing, .slots, .domain, .soak, .unheard, .atWork, .turn, .unwell: false
    }
  }

  /// What should have gone on by itself and did not; nil if nothing.
  private static func unfinished(_ world: SimulatedWorld, _ ids: [RolloutID]) -> String? {
    for id in ids {
      guard let machine = machine(id, world) else { return "\(id) never began" }
      let status = machine.head.status
      guard !hasWorkForPeople(machine, id, world) else { continue }
      if world.scenario.isKind, status != .completed { return "nothing went wrong, and \(id) is \(status)" }
      guard status == .active else { continue }
      let reasons = machine.reasons(at: world.truth)
      if reasons.isEmpty { return "\(id) is active and waits for nothing" }
      // What people must see to may leave others waiting behind it.
      guard !reasons.contains(where: isForPeople) else { continue }
      return "\(id) should have gone on: \(reasons.map(\.description).joined(separator: "; "))"
    }
    return nil
  }

  /// Whether nodes wait for what only a person can see to: contents that no ring before ran.
  private static func hasWorkForPeople(
    _ machine: RolloutStateMachine, _ id: RolloutID, _ world: SimulatedWorld
  ) -> Bool {
    world.nodes.contains { node in
      guard let record = world.invariants.member(id, node.draft.name), record.phase == .waiting else { return false }
      return record.unproven != nil
    }
  }

  private static func line(_ head: RolloutHead, _ world: SimulatedWorld) -> String {
    let reasons = machine(head.id, world)?.reasons(at: world.truth) ?? []
    return "\(head.id) \(head.status.rawValue)" + reasons.map { "\n  " + $0.description }.joined()
  }
}
