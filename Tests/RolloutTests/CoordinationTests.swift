import FleetStore
import GateModel
import Rollout
import RolloutCoordination
import SimulatedFleet
import Testing

@Suite struct CoordinationTests {
  private let store = MemoryFleetStore()
  private let now = SampleFleet.start

  private func plan(_ change: (inout FleetPlan) -> Void = { _ in }) throws -> PlanInForce {
    PlanInForce(try SampleFleet(change).plan)
  }

  private func id(_ version: String = "252.39-1~deb12u1") throws -> RolloutID {
    try #require(RolloutID(source: "systemd", version: version))
  }

  private func worker(_ number: Int) -> FleetNode {
    FleetNode(name: "w\(number)", labels: ["role": "worker", "rack": "r\(number)"], seen: now)
  }

  private func artifacts(_ id: RolloutID) -> [Artifact] {
    [
      Artifact(
        name: "systemd", architecture: "amd64", version: id.version.text, sha256: String(repeating: "a", count: 64))
    ]
  }

  private var onlyWorkers: (inout FleetPlan) -> Void {
    {
      $0.rings.removeFirst()
      $0.rings[0].slots = .count(5)
    }
  }

  /// Many ask at once, through several coordinators: as many are granted as there are slots, each with its own token.
  @Test func slotsHoldThoughAllAskAtOnce() async throws {
    let plan = try plan(onlyWorkers)
    let id = try id()
    let answers = try await withThrowingTaskGroup(of: ClaimAnswer.self) { group in
      for number in 1...40 {
        group.addTask {
          let coordinator = RolloutCoordinator(store: store, attempts: 1000)
          return try await coordinator.claim(
            id, by: worker(number), wanting: artifacts(id), under: plan, at: now)
        }
      }
      return try await group.reduce(into: [ClaimAnswer]()) { $0.append($1) }
    }
    let tokens = answers.compactMap { if case .grant(let grant) = $0 { grant.token } else { nil } }
    #expect(tokens.count == 5)
    #expect(Set(tokens) == [1, 2, 3, 4, 5])
    #expect(try await RolloutCoordinator(store: store).slots().count == 5)
  }

  @Test func aCheckInWritesLittle() async throws {
    let plan = try plan(onlyWorkers)
    let coordinator = RolloutCoordinator(store: store)
    let id = try id()
    for number in 1...300 {
      _ = try await coordinator.checkIn(worker(number), under: plan, at: now)
      _ = try await coordinator.claim(id, by: worker(number), wanting: artifacts(id), under: plan, at: now)
    }
    // The head counts; it does not list.
    #expect(await store.size(of: FleetKey.head(id)) < 600)
    #expect(await store.size(of: FleetKey.book) < 300)
    let before = await store.written.count
    var again = worker(7)
    again.seen = now.advanced(by: .seconds(60))
    _ = try await coordinator.checkIn(again, words: [id: .healthy(seconds: 1)], under: plan, at: again.seen)
    #expect(await store.written[before...] == [[FleetKey.node("w7")]])
    // Asking again while all slots are taken writes nothing.
    _ = try await coordinator.claim(id, by: worker(200), wanting: artifacts(id), under: plan, at: now)
    #expect(await store.written.count == before + 1)
  }

  @Test func aNewerVersionTakesOver() async throws {
    let plan = try plan(onlyWorkers)
    let coordinator = RolloutCoordinator(store: store)
    let old = try id()
    let new = try id("252.39-1~deb12u2")
    guard
      case .grant(let grant) = try await coordinator.claim(
        old, by: worker(1), wanting: artifacts(old), under: plan, at: now)
    else { return #expect(Bool(false), "no grant") }
    let later = now.advanced(by: .seconds(60))
    _ = try await coordinator.claim(new, by: worker(2), wanting: artifacts(new), under: plan, at: later)
    let heads = try await coordinator.heads()
    #expect(heads.map(\.status) == [.superseded, .active])
    #expect(try await coordinator.active() == [new])
    guard
      case .stop(.superseded) = try await coordinator.confirm(
        old, by: "w1", token: grant.token, under: plan, at: now)
    else { return #expect(Bool(false), "an old version begins") }
    let answer = try await coordinator.claim(old, by: worker(3), wanting: artifacts(old), under: plan, at: now)
    guard case .refuse(.superseded) = answer else { return #expect(Bool(false), "\(answer)") }
    // Its slot is free when its time is over, though its rollout is.
    try await coordinator.sweep(under: plan, at: grant.deadline)
    #expect(try await coordinator.slots().map(\.node) == ["w2"])
  }

  @Test func aChangedConfigurationIsNotDecidedBy() async throws {
    let write = StoreWrite.put(key: FleetKey.configuration, bytes: [1])
    _ = try await store.transact(StoreTransaction(writes: [write]))
    let version = try await store.get(FleetKey.configuration)?.version
    var plan = try plan(onlyWorkers)
    plan.condition = StoreCondition(FleetKey.configuration, is: version)
    let coordinator = RolloutCoordinator(store: store)
    let id = try id()
    _ = try await coordinator.claim(id, by: worker(1), wanting: artifacts(id), under: plan, at: now)
    _ = try await store.transact(StoreTransaction(writes: [write]))
    await #expect(throws: FleetStoreError.self) {
      try await coordinator.claim(id, by: worker(2), wanting: artifacts(id), under: plan, at: now)
    }
    #expect(try await coordinator.slots().map(\.node) == ["w1"])
  }

  /// More than one page of them, of which some are over.
  @Test func activeRolloutsAreThoseThatAreNotOver() async throws {
    let plan = try plan(onlyWorkers)
    let coordinator = RolloutCoordinator(store: store)
    #expect(try await coordinator.active() == [])
    let ids = try (0..<105).map { try #require(RolloutID(source: "source-\(1000 + $0)", version: "1")) }
    for id in ids {
      _ = try await coordinator.claim(id, by: worker(1), wanting: artifacts(id), under: plan, at: now)
    }
    #expect(try await coordinator.active() == ids)
    let now = now
    for id in [ids[0], ids[99], ids[104]] {
      #expect(try await coordinator.order(id, under: plan) { $0.abandoned(by: "anna", "bad", at: now) } == .done)
    }
    // A halted one goes on: it may be resumed.
    #expect(try await coordinator.order(ids[1], under: plan) { $0.halted(by: "anna", "wait", at: now) } == .done)
    let active = try await coordinator.active()
    #expect(active.count == 102)
    #expect(active == (try await coordinator.heads().filter { !$0.status.isOver }.map(\.id)))
  }

  /// A rollout of a large fleet begins with the count of the last survey, unless that is old or of another configuration.
  @Test func aLargeFleetIsNotCountedByWhoBegins() async throws {
    var plan = try plan(onlyWorkers)
    plan.condition = StoreCondition(FleetKey.configuration, is: nil)
    let coordinator = RolloutCoordinator(store: store, largeFleet: 3)
    func check(in numbers: ClosedRange<Int>) async throws {
      for number in numbers { _ = try await coordinator.checkIn(worker(number), under: plan, at: now) }
    }
    func population(_ version: String, after seconds: Int) async throws -> Int? {
      let (id, later) = (try id(version), now.advanced(by: .seconds(seconds)))
      _ = try await coordinator.claim(id, by: worker(1), wanting: artifacts(id), under: plan, at: later)
      return try await coordinator.heads().first { $0.id == id }?.rings[plan.plan.rings[0].name]?.population
    }
    try await check(in: 1...2)
    _ = try await coordinator.survey(under: plan, at: now)
    #expect(await store.size(of: FleetKey.counted) == 0, "a small fleet is counted whenever it is asked")
    try await check(in: 3...5)
    #expect(try await population("1", after: 0) == 5)
    _ = try await coordinator.survey(under: plan, at: now)
    try await check(in: 6...7)
    #expect(try await population("2", after: 600) == 5, "as the survey counted")
    #expect(try await population("3", after: 601) == 7, "which is too old now")
    _ = try await coordinator.survey(under: plan, at: now.advanced(by: .seconds(610)))
    try await check(in: 8...8)
    #expect(try await population("4", after: 620) == 7)
    #expect(try await population("5", after: 609) == 8, "a clock that went back")
    _ = try await coordinator.survey(under: plan, at: now.advanced(by: .seconds(630)))
    #expect(try await coordinator.heads().last { !$0.status.isOver }?.rings[plan.plan.rings[0].name]?.population == 8)
    let write = StoreWrite.put(key: FleetKey.configuration, bytes: [1])
    _ = try await store.transact(StoreTransaction(writes: [write]))
    try await check(in: 9...9)
    plan.condition = StoreCondition(FleetKey.configuration, is: try await store.get(FleetKey.configuration)?.version)
    #expect(try await population("6", after: 640) == 9, "by another configuration")
  }

  @Test func theJournalTellsWhatBecameOfIt() async throws {
    let plan = try plan(onlyWorkers)
    let coordinator = RolloutCoordinator(store: store)
    let id = try id()
    guard
      case .grant(let grant) = try await coordinator.claim(
        id, by: worker(1), wanting: artifacts(id), under: plan, at: now)
    else { return #expect(Bool(false), "no grant") }
    _ = try await coordinator.confirm(id, by: "w1", token: grant.token, under: plan, at: now)
    try await coordinator.sweep(under: plan, at: grant.deadline)
    let now = now
    let resumed = try await coordinator.order(id, under: plan) { $0.resumed(by: "anna", "seen", at: now) }
    #expect(resumed == .done)
    let kinds = try await coordinator.journal(id).map(\.kind)
    #expect(kinds == [.created, .ringOpened, .nodeSilent, .halted, .resumed])
    #expect(try await coordinator.members(id).records.map(\.phase) == [.silent])
  }
}
