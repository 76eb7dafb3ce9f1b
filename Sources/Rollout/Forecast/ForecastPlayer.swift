internal import GateModel

/// The events of a forecast, in time's order.
struct ForecastPlayer {
  private enum Event { case done, checkIn }

  private let plan: FleetPlan
  private let assumptions: FleetForecast.Assumptions
  private let nodes: [FleetNode]
  private var machine: RolloutStateMachine
  private var records: [String: NodeRecord] = [:]
  private var slots: [String: SlotRecord] = [:]
  /// Nodes that wait, by ring: the next to ask is the last.
  private var queues: [String: [FleetNode]] = [:]
  /// What is to happen, in time's order, and how much of it has.
  private var agenda: [(time: Timestamp, event: Event, node: FleetNode)] = []
  private var happened = 0
  private var now: Timestamp
  private var failuresLeft: Int
  private var mostAtWork: [String: Int] = [:]
  private let artifacts = [
    Artifact(name: "forecast", architecture: "all", version: "1", sha256: String(repeating: "0", count: 64))
  ]

  init(_ plan: FleetPlan, _ nodes: [FleetNode], _ assumptions: FleetForecast.Assumptions) {
    self.plan = plan
    self.nodes = nodes
    self.assumptions = assumptions
    now = assumptions.start
    failuresLeft = assumptions.failures?.count ?? 0
    machine = RolloutStateMachine(plan: plan, head: RolloutHead(id: .assumed, created: now))
    var survey = FleetSurvey(plan)
    for node in nodes { survey.count(node) }
    for node in nodes.reversed() {
      if case .ring(let ring) = plan.assignment(of: node) { queues[ring, default: []].append(node) }
    }
    machine.begun(survey.populations, at: now)
  }

  /// Plays to the end: nothing is at work, and nobody may begin, or not before the end of time.
  mutating func play() -> FleetForecast {
    while true {
      approve()
      beginAll()
      guard let next = nextTime() else { break }
      now = next
      while happened < agenda.count, agenda[happened].time <= now {
        happened += 1
        happen(agenda[happened - 1].event, to: agenda[happened - 1].node)
      }
    }
    return forecast()
  }

  /// Whoever must approve does so when it is the ring's turn.
  private mutating func approve() {
    for ring in plan.rings where machine.head[ring.name].opened == nil {
      let have = machine.head[ring.name].approvals.count
      for number in have..<max(have, ring.approvals.count) {
        let person = ring.approvals.from.indices.contains(number) ? ring.approvals.from[number] : "person \(number + 1)"
        _ = machine.approved(ring.name, by: person, "assumed", at: now)
      }
    }
  }

  private mutating func about(_ node: FleetNode, _ event: (inout RolloutStateMachine) -> Void) {
    var turn = RolloutStateMachine(
      plan: plan, head: machine.head, book: machine.book, node: records[node.name], slot: slots[node.name],
      artifacts: machine.artifacts)
    event(&turn)
    records[node.name] = turn.node
    slots[node.name] = turn.slot
    // What is asked of it next is about other nodes.
    machine = RolloutStateMachine(plan: plan, head: turn.head, book: turn.book, artifacts: turn.artifacts)
  }

  /// Every node that may begin now does. Nodes that are kept back by their neighbours are asked again later.
  private mutating func beginAll() {
    for ring in plan.rings where machine.head[ring.name].opened != nil {
      var kept: [FleetNode] = []
      var queue = queues[ring.name] ?? []
      // A ring whose slots are full lets nobody begin, so that asking all would be a waste.
      while let node = queue.popLast() {
        let reasons = machine.obstacles(for: node, wanting: artifacts, in: ring, at: now)
        guard reasons.isEmpty else {
          kept.append(node)
          if reasons.contains(where: \.isOfTheWholeRing) { break }
          continue
        }
        begin(node)
      }
      queues[ring.name] = queue + kept.reversed()
    }
  }

  private mutating func begin(_ node: FleetNode) {
    let (now, artifacts) = (now, artifacts)
    about(node) { machine in
      guard case .grant(let grant) = machine.claimed(by: node, wanting: artifacts, at: now) else { return }
      _ = machine.confirmed(token: grant.token, at: now)
    }
    for (ring, used) in machine.book.rings { mostAtWork[ring] = max(mostAtWork[ring] ?? 0, used) }
    schedule(.done, node, after: assumptions.applyTime)
  }

  private mutating func happen(_ event: Event, to node: FleetNode) {
    let now = now
    switch event {
    case .done:
      let fails = failuresLeft > 0 && records[node.name]?.ring == assumptions.failures?.ring
      if fails { failuresLeft -= 1 }
      about(node) { machine in
        guard let token = machine.node?.token else { return }
        _ = machine.reported(fails ? .failed(reason: "assumed") : .healthy, token: token, at: now)
      }
      guard records[node.name]?.phase == .healthy, let ring = records[node.name].flatMap({ plan.ring(named: $0.ring) })
      else { return }
      schedule(.checkIn, node, after: ring.soak)
    case .checkIn: about(node) { $0.checkedIn(node, healthyFor: nil, at: now) }
    }
  }

  private mutating func schedule(_ event: Event, _ node: FleetNode, after delay: Duration) {
    // On average a node hears half an interval later.
    let time = now.advanced(by: delay + assumptions.checkIn / 2)
    // Nearly all come after all that are there.
    var place = agenda.count
    while place > happened, agenda[place - 1].time > time { place -= 1 }
    agenda.insert((time, event, node), at: place)
  }

  /// When something happens next; windows open by themselves.
  private func nextTime() -> Timestamp? {
    let window = plan.rings.compactMap { ring -> Timestamp? in
      guard machine.head.status == .active || machine.head.status == .completed, !(queues[ring.name] ?? []).isEmpty,
        machine.head[ring.name].opened != nil, case .window(_, let opens)? = machine.windowReason(ring, at: now)
      else { return nil }
      return opens
    }.min()
    let next = happened < agenda.count ? agenda[happened].time : nil
    return [next, window].compactMap { $0 }.min()
  }

  private func forecast() -> FleetForecast {
    let rings = plan.rings.map { ring -> FleetForecast.Ring in
      let record = machine.head[ring.name]
      return FleetForecast.Ring(
        name: ring.name, nodes: record.population, opened: record.opened, passed: record.passed,
        updated: record[.healthy] + record[.soaked], failed: record.failures, mostAtWork: mostAtWork[ring.name] ?? 0,
        reasons: machine.reasons(of: ring, at: now).filter { $0.kind != "unheard" })
    }
    let inside = rings.reduce(0) { $0 + $1.nodes }
    let touched = rings.reduce(0) { $0 + $1.updated + $1.failed }
    return FleetForecast(
      rings: rings, status: machine.head.status, end: now, note: machine.head.note, untouched: inside - touched,
      outside: nodes.count - inside)
  }
}

extension WaitReason {
  /// Whether it keeps every node of a ring back, not only this one.
  fileprivate var isOfTheWholeRing: Bool {
    switch self {
    case .halted, .earlierRing, .approvals, .slots, .window: true
    default: false
    }
  }
}
