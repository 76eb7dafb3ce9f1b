import GateModel
import Rollout
import RolloutCoordination

/// A node with apt: versions become pending on it, it claims, confirms, applies, reports, and may crash at any point.
final class SimulatedNode: @unchecked Sendable {
  // Sendable: used by one thread only, see `SimulationExecutor`.

  /// What the node knows of one version, on its disk.
  struct Work {
    enum Step { case pending, granted, applying, applied, done, harmed }

    var step = Step.pending
    var grant: Grant?
    /// When the grant ends by the node's own clock, which does not jump.
    var ends: Int64 = 0
    /// Since when it has been well with the version.
    var wellSince: Int64?
    /// Whether the coordinator has taken the report.
    var isReported = false
    var hasSoaked = false
    /// Whether the coordinator takes it for one that waits, though it has the version.
    var isThereAlready = false
  }

  unowned let world: SimulatedWorld
  let draft: Scenario.NodeDraft
  private let skipsConfirmation: Bool
  private(set) var isUp = true
  private var life = 0
  var work: [RolloutID: Work] = [:]
  /// Tokens that were given back, and are never used again.
  private var spent: Set<UInt64> = []
  /// Grants that it will not use, until the coordinator has heard so: it may believe that dpkg runs.
  private var owed: [Grant] = []

  init(_ world: SimulatedWorld, _ draft: Scenario.NodeDraft, skipsConfirmation: Bool) {
    self.world = world
    self.draft = draft
    self.skipsConfirmation = skipsConfirmation
    world.after(Int64(world.faults.below(Int(20 * Scenario.minute)))) { self.wake() }
    scheduleCrash()
  }

  /// What it says of itself.
  var description: FleetNode { FleetNode(name: draft.name, labels: draft.labels, seen: world.truth) }

  /// The version has come into apt's lists.
  func offer(_ id: RolloutID) {
    // apt knows one candidate: an older version that has not begun is forgotten.
    for (other, work) in work where other.source == id.source && work.step == .pending { self.work[other] = nil }
    if work[id] == nil { work[id] = Work() }
  }

  /// Whether dpkg runs, or was cut short and nobody has looked after it.
  func isWorking(on id: RolloutID) -> Bool { work[id]?.step == .applying }

  func artifacts(of id: RolloutID) -> [Artifact] {
    [("lib" + id.source, draft.architecture), (id.source + "-common", "all")].map { name, architecture in
      let digest = String(repeating: architecture == "all" ? "a" : architecture == "arm64" ? "b" : "c", count: 64)
      return Artifact(name: name, architecture: architecture, version: id.version.text, sha256: digest)
    }
  }

  // MARK: What it does again and again

  private func wake() {
    world.after(world.faults.around(30 * Scenario.minute)) { self.wake() }
    guard isUp else { return }
    checkIn()
    for grant in owed { giveBack(grant) }
    for (id, work) in work.sorted(by: { $0.key.description < $1.key.description }) {
      switch work.step {
      case .pending: claim(id)
      case .granted: if world.now >= work.ends { renounce(id, work.grant) } else { begin(id) }
      case .applying: break
      case .applied: report(id, .healthy)
      case .done where !work.isReported: report(id, .healthy)
      case .harmed where !work.isReported: report(id, .failed(reason: "lost its routes"))
      // An operator may let it try again.
      case .harmed: claim(id)
      case .done: break
      }
    }
  }

  private func checkIn() {
    let words = work.compactMapValues { work -> CheckInWord? in
      guard work.step == .done, work.isReported, !work.hasSoaked, let since = work.wellSince else { return nil }
      if work.isThereAlready { return .unaffected }
      return .healthy(seconds: (self.world.now - since) / 1000)
    }
    let node = description
    send({ coordinator, plan, now in
      var seen = node
      seen.seen = now
      return try await coordinator.checkIn(seen, words: words, under: plan, at: now)
    }) { phases in
      for (id, phase) in phases {
        if phase == .soaked { self.work[id]?.hasSoaked = true }
        self.work[id]?.isThereAlready = phase == .waiting
      }
    }
  }

  private func claim(_ id: RolloutID) {
    let node = description
    let artifacts = artifacts(of: id)
    let asked = world.now
    send({ try await $0.claim(id, by: node, wanting: artifacts, under: $1, at: $2) }) { answer in
      guard let step = self.work[id]?.step, [.pending, .granted, .harmed].contains(step) else { return }
      if case .grant(let grant) = answer { self.granted(id, grant, asked) }
      // It asked before: what it was granted then it never heard of, or lost. It has not begun.
      if case .underway(let grant) = answer { self.renounce(id, grant) }
    }
  }

  private func granted(_ id: RolloutID, _ grant: Grant, _ asked: Int64) {
    guard grant.token >= work[id]?.grant?.token ?? 0, !spent.contains(grant.token) else { return }
    if work[id]?.step == .harmed, grant.token == work[id]?.grant?.token { return }
    work[id]?.step = .granted
    work[id]?.isReported = false
    work[id]?.grant = grant
    work[id]?.ends = asked + grant.remaining * 1000
    world.after(Int64(1000 + world.faults.below(60_000))) { [life] in
      if self.isUp, self.life == life { self.begin(id) }
    }
  }

  /// It has not begun with the grant, and never will.
  private func renounce(_ id: RolloutID, _ grant: Grant?) {
    guard let grant else { return }
    spent.insert(grant.token)
    forget(id)
    if !owed.contains(where: { $0.token == grant.token }) { owed.append(grant) }
    giveBack(grant)
  }

  private func giveBack(_ grant: Grant) {
    let report = NodeReport.returned(reason: "dpkg did not run")
    send({
      try await $0.report(grant.rollout, by: self.draft.name, report, token: grant.token, under: $1, at: $2)
    }) { _ in
      self.owed.removeAll { $0.token == grant.token }
    }
  }

  private func forget(_ id: RolloutID) {
    work[id]?.step = .pending
    work[id]?.grant = nil
    if work.keys.contains(where: { $0.source == id.source && $0.version.isLater(than: id.version) }) { work[id] = nil }
  }

  /// Right before dpkg.
  private func begin(_ id: RolloutID) {
    guard let grant = work[id]?.grant, work[id]?.step == .granted else { return }
    if skipsConfirmation { return apply(id) }
    send({ try await $0.confirm(id, by: self.draft.name, token: grant.token, under: $1, at: $2) }) { answer in
      guard self.work[id]?.grant?.token == grant.token, self.work[id]?.step == .granted else { return }
      switch answer {
      case .go where self.world.now < self.work[id]?.ends ?? 0: self.apply(id)
      case .go: break
      case .stop: self.renounce(id, grant)
      }
    }
  }

  private func apply(_ id: RolloutID) {
    work[id]?.step = .applying
    world.invariants.began(self, id, in: world)
    let hangs = world.faults.happens(world.scenario.hangs)
    let time = hangs ? 90 * Scenario.minute : Scenario.minute * Int64(1 + world.faults.below(12))
    world.after(time) { [life] in
      if self.isUp, self.life == life { self.applied(id) }
    }
  }

  private func applied(_ id: RolloutID) {
    let isHarmed = world.faults.happens(world.scenario.failures)
    work[id]?.step = isHarmed ? .harmed : .applied
    if isHarmed { return report(id, .failed(reason: "lost its routes")) }
    if world.faults.below(2) == 0 { report(id, .applied) }
    world.after(Int64(world.faults.below(30_000))) { [life] in
      guard self.isUp, self.life == life else { return }
      self.report(id, .healthy)
    }
  }

  private func report(_ id: RolloutID, _ report: NodeReport) {
    guard let token = work[id]?.grant?.token else { return }
    if report == .healthy {
      work[id]?.step = .done
      if work[id]?.wellSince == nil { work[id]?.wellSince = world.now }
    }
    send({ try await $0.report(id, by: self.draft.name, report, token: token, under: $1, at: $2) }) { _ in
      if report != .applied { self.work[id]?.isReported = true }
    }
  }

  // MARK: The network, and crashes

  /// A request to any coordinator, and its answer: each may be lost, late or repeated.
  private func send<Answer: Sendable>(
    _ body: @escaping @Sendable (RolloutCoordinator, PlanInForce, Timestamp) async throws -> Answer,
    then answer: @escaping @Sendable (Answer) -> Void
  ) {
    let coordinator = world.coordinators[world.faults.below(world.coordinators.count)]
    let life = life
    travel(coordinator) {
      let plan = coordinator.plan
      coordinator.serve({ try await body($0, plan, $1) }) { result in
        self.travel(coordinator) {
          if self.isUp, self.life == life { answer(result) }
        }
      }
    }
  }

  private func travel(_ coordinator: SimulatedCoordinator, _ arrive: @escaping () -> Void) {
    let copies = world.faults.happens(world.scenario.repeatedMessages) ? 2 : 1
    for _ in 0..<copies where !world.faults.happens(world.scenario.lostMessages) {
      let isLate = world.faults.happens(world.scenario.lateMessages)
      world.after(isLate ? world.faults.around(15 * Scenario.minute) : world.faults.networkLatency) {
        if !coordinator.isCutOff { arrive() }
      }
    }
  }

  private func scheduleCrash() {
    guard let mean = world.scenario.nodeCrashes else { return }
    world.after(world.faults.around(mean)) {
      guard !self.world.faults.isCalm else { return }
      self.crash()
      self.world.after(self.world.faults.around(40 * Scenario.minute)) { self.recover() }
      self.scheduleCrash()
    }
  }

  private func crash() {
    isUp = false
    life += 1
  }

  /// Starts again. What dpkg was at is cut short: the node finds out whether it is well.
  func recover() {
    guard !isUp else { return }
    isUp = true
    for id in work.keys where work[id]?.step == .applying { applied(id) }
  }
}
