internal import CoordinatorAPI
internal import CoordinatorPages
internal import FleetStore
internal import FoundationEssentials
internal import GateModel
internal import Rollout
internal import RolloutCoordination

/// Reads what pages show. Each page reads a bounded number of records, whatever the size of the fleet.
struct PageReader: Sendable {
  /// Rollouts that a page looks at, and those that the first one shows.
  private static let mostHeads = StoreLimit.largestPage
  private static let mostShown = 20

  let store: any FleetStore
  let fleet: FleetService
  let trail: AuditTrail
  let witness: WitnessRecords
  private let census: CensusTaker
  private let known = DecodedRecords<RolloutHead>()

  init(store: any FleetStore, fleet: FleetService, trail: AuditTrail, witness: WitnessRecords) {
    (self.store, self.fleet, self.trail, self.witness) = (store, fleet, trail, witness)
    census = CensusTaker(store: store)
  }

  private var rollouts: RolloutCoordinator { RolloutCoordinator(store: store) }

  func overview(at now: Timestamp) async throws -> OverviewPage {
    let plan = try await fleet.plans.current().plan
    let book = try await book()
    let found = try await underway(plan, book, at: now)
    return OverviewPage(
      census: try await census.census(under: plan, at: now), plan: plan,
      book: book, rollouts: Array(found.prefix(Self.mostShown)), hasMore: true,
      contradicted: try await witness.alarms(limit: 50).map(\.node))
  }

  /// Rollouts that are on their way or halted: those that are halted first, then the newest.
  private func underway(_ plan: FleetPlan, _ book: SlotBook, at now: Timestamp) async throws -> [RolloutReport] {
    let heads = try await heads(of: rollouts.active())
      .filter { $0.status == .active || $0.status == .halted }
      .sorted { one, other in
        (one.status == .halted) != (other.status == .halted)
          ? one.status == .halted : (other.created, one.id.description) < (one.created, other.id.description)
      }
    return reports(heads, plan, book, at: now)
  }

  func rollouts(after: String?, at now: Timestamp) async throws -> RolloutsPage {
    let plan = try await fleet.plans.current().plan
    let (heads, hasMore) = try await heads(after: after, limit: RolloutsPage.pageSize)
    return RolloutsPage(rollouts: reports(heads, plan, try await book(), at: now), after: after, hasMore: hasMore)
  }

  private func heads(after: String?, limit: Int) async throws -> (heads: [RolloutHead], hasMore: Bool) {
    let page = try await store.range(FleetKey.heads, after: after.map { FleetKey.heads + $0 }, limit: limit)
    let heads = try page.entries.map { try known.record($0.value, at: $0.key) }
    return (heads, page.hasMore)
  }

  private func heads(of ids: [RolloutID]) async throws -> [RolloutHead] {
    let keys = ids.prefix(Self.mostHeads).map(FleetKey.head)
    var heads: [RolloutHead] = []
    for start in stride(from: 0, to: keys.count, by: StoreLimit.mostOperations) {
      let some = Array(keys[start...].prefix(StoreLimit.mostOperations))
      let read = try await store.read(some)
      heads += try some.compactMap { key in try read[key].map { try known.record($0, at: key) } }
    }
    return heads
  }

  private func reports(
    _ heads: [RolloutHead], _ plan: FleetPlan, _ book: SlotBook, at now: Timestamp
  ) -> [RolloutReport] {
    heads.map { RolloutStateMachine(plan: plan, head: $0, book: book).report(at: now) }
  }

  private func book() async throws -> SlotBook {
    try await store.record(SlotBook.self, at: FleetKey.book)?.value ?? SlotBook()
  }

  func rollout(_ id: RolloutID, after: String?, at now: Timestamp) async throws -> RolloutPage {
    guard let machine = try await rollouts.machine(id, under: try await fleet.plans.current().plan) else {
      throw APIProblem(.notFound, "there is no rollout `\(id)`")
    }
    let length = machine.head.journalLength
    let first = max(0, length - RolloutPage.mostEntries)
    let journal = try await store.range(
      FleetKey.journal(id), after: first > 0 ? FleetKey.journal(id, first - 1) : nil, limit: RolloutPage.mostEntries)
    let members = try await rollouts.members(id, after: after, limit: RolloutPage.membersOnPage)
    return RolloutPage(
      report: machine.report(at: now), artifacts: machine.artifacts.artifacts,
      journal: try journal.entries.map { try JSONDecoder().decode(JournalEntry.self, from: Data($0.value.bytes)) },
      journalLength: length, members: members.records, after: after, hasMoreMembers: members.hasMore)
  }

  func approvals(at now: Timestamp) async throws -> ApprovalsPage {
    let plan = try await fleet.plans.current().plan
    return ApprovalsPage(rollouts: try await underway(plan, try await book(), at: now))
  }

  func held(_ query: HeldQuery, at now: Timestamp) async throws -> HeldPage {
    let plan = try await fleet.plans.current().plan
    return HeldPage(query: query, census: try await census.census(under: plan, at: now))
  }

  func holders(of id: RolloutID, after: String?, limit: Int) async throws -> HeldUpdatePage {
    let found = try await HeldIndex(store: store).nodes(holding: id, after: after, limit: limit)
    return HeldUpdatePage(
      id: id.description, nodes: found.nodes, after: after, hasMore: found.hasMore,
      hasRollout: try await store.get(FleetKey.head(id)) != nil)
  }

  func nodes(prefix: String, after: String?) async throws -> NodesPage {
    let page = try await store.range(
      FleetKey.nodes + prefix, after: after.map(FleetKey.node), limit: NodesPage.pageSize)
    let nodes = try page.entries.map { try JSONDecoder().decode(FleetNode.self, from: Data($0.value.bytes)) }
    let summaries = try await store.read(nodes.map { FleetService.summary($0.name) })
    let standings = try await witness.standings(of: nodes.map(\.name))
    let plan = try await fleet.plans.current().plan
    let lines = nodes.map { node -> NodeLine in
      let summary = summaries[FleetService.summary(node.name)].flatMap {
        try? JSONDecoder().decode(SummaryLengths.self, from: Data($0.bytes))
      }
      return NodeLine(
        node: node, ring: plan.assignment(of: node), held: summary?.held.count, owed: summary?.owedRestarts.count,
        ledger: standings[node.name] ?? .unseen)
    }
    return NodesPage(prefix: prefix, lines: lines, after: after, hasMore: page.hasMore)
  }

  func node(_ name: String) async throws -> NodePage {
    let document = try await fleet.node(name)
    let plan = try await fleet.plans.current().plan
    let line = NodeLine(
      node: document.node, ring: plan.assignment(of: document.node), held: document.summary?.held.count,
      owed: document.summary?.owedRestarts.count,
      ledger: try await witness.standings(of: [name])[name] ?? .unseen)
    return NodePage(line: line, document: document, memberships: try await memberships(of: name))
  }

  /// The node's place in the newest rollouts that are not over, then in the newest that are.
  private func memberships(of name: String) async throws -> [(id: RolloutID, record: NodeRecord)] {
    let underway = try await heads(of: rollouts.active())
    let known = Set(underway.map(\.id))
    let rest = try await heads(after: nil, limit: Self.mostHeads).heads.filter { !known.contains($0.id) }
    let newest = [underway, rest].map { heads in heads.sorted { $1.created < $0.created } }.joined()
    let ids = newest.prefix(StoreLimit.mostOperations).map(\.id)
    let read = try await store.read(ids.map { FleetKey.member($0, name) })
    return try ids.compactMap { id in
      try read[FleetKey.member(id, name)].map {
        (id, try JSONDecoder().decode(NodeRecord.self, from: Data($0.bytes)))
      }
    }
  }

  func audit(before: Int?) async throws -> AuditPage {
    let (deeds, count, digest) = try await trail.page(before: before, limit: AuditPage.pageSize)
    return AuditPage(
      deeds: deeds, count: count, head: digest, before: before, alarms: try await witness.alarms(limit: 50))
  }
}

/// How much a node holds and owes. What it is in particular is not decoded: of fifty nodes that takes longest.
private struct SummaryLengths: Decodable {
  struct Item: Decodable {
    init(from decoder: any Decoder) throws {}
  }

  var held: [Item]
  var owedRestarts: [Item]
}
