internal import CoordinatorAPI
internal import CoordinatorPages
internal import FleetStore
internal import FoundationEssentials
internal import GateModel
internal import Rollout
internal import RolloutCoordination

/// What nodes and operators do with rollouts, over the store.
struct FleetService: Sendable {
  let store: any FleetStore
  let plans: PlanSource

  private let rollouts: RolloutCoordinator

  init(store: any FleetStore, plans: PlanSource) {
    self.store = store
    self.plans = plans
    rollouts = RolloutCoordinator(store: store, order: TurnQueue())
  }

  static func summary(_ node: String) -> String { "summaries/\(node)" }

  // MARK: Nodes

  /// - Parameter name: as the node's credentials prove it.
  func checkIn(_ request: CheckInRequest, by name: String, at now: Timestamp) async throws -> CheckInAnswer {
    if let invalid = request.invalid { throw invalid }
    let name = try Self.node(name)
    let problem = try request.problem.map { text throws(APIProblem) in try Reason.checked(text) }
    let node = FleetNode(name: name, labels: request.labels, seen: now, problem: problem)
    let words = Dictionary(
      request.rollouts.map { word in
        (word.rollout, word.state == .healthy ? CheckInWord.healthy(seconds: word.healthySeconds) : .unaffected)
      }, uniquingKeysWith: { first, _ in first })
    let visit = try await visit(of: node, request.summary)
    let phases = try await rollouts.hear(words, of: visit.node, under: visit.plan, at: now)
    let list = phases.map { CheckInAnswer.Phase(rollout: $0.key, phase: $0.value) }
      .sorted { $0.rollout.description < $1.rollout.description }
    return CheckInAnswer(phases: list, active: try await rollouts.active(), policyBundle: visit.bundle)
  }

  /// Keeps what a node says of itself, in one read and one transaction.
  private func visit(of node: FleetNode, _ summary: NodeSummary?) async throws -> NodeVisit {
    for _ in 0..<16 {
      let read = try await store.read(NodeVisit.keys(node.name))
      let visit = try NodeVisit(of: node, summary, read, under: try plans.plan(in: read))
      if try await store.transact(inOrder: visit.transactions) { return visit }
    }
    throw FleetStoreError(.unavailable, "others wrote node `\(node.name)` in between; ask again")
  }

  func claim(_ request: ClaimRequest, by name: String, at now: Timestamp) async throws -> ClaimReply {
    let node = try await known(name)
    let plan = try await plans.current()
    return ClaimReply(
      try await rollouts.claim(request.rollout, by: node, wanting: request.artifacts, under: plan, at: now))
  }

  func confirm(_ request: ConfirmRequest, by name: String, at now: Timestamp) async throws -> ConfirmReply {
    let node = try Self.node(name)
    let plan = try await plans.current()
    return ConfirmReply(
      try await rollouts.confirm(request.rollout, by: node, token: request.token, under: plan, at: now))
  }

  func report(_ request: ReportRequest, by name: String, at now: Timestamp) async throws -> ReportReply {
    let node = try Self.node(name)
    let report = try request.report()
    let plan = try await plans.current()
    switch try await rollouts.report(request.rollout, by: node, report, token: request.token, under: plan, at: now) {
    case .accepted(let phase): return ReportReply(phase: phase)
    case .refuse(let refusal): throw APIProblem(.refused, refusal.description)
    }
  }

  /// The node's record; a node checks in before it claims, so that its labels are known.
  private func known(_ name: String) async throws -> FleetNode {
    guard let node = try await rollouts.node(try Self.node(name)) else {
      throw APIProblem(.refused, "node `\(name)` has not checked in yet; check in first")
    }
    return node
  }

  private static func node(_ name: String) throws(APIProblem) -> String {
    guard FleetNode.isValid(name: name) else {
      throw APIProblem(.forbidden, "`\(name)` is no name of a node: letters, digits, dots, hyphens and underscores")
    }
    return name
  }

  // MARK: Readers

  func list(at now: Timestamp) async throws -> RolloutList {
    RolloutList(rollouts: try await rollouts.reports(under: try await plans.current().plan, at: now))
  }

  func show(_ id: RolloutID, at now: Timestamp) async throws -> RolloutDocument {
    guard let machine = try await rollouts.machine(id, under: try await plans.current().plan) else {
      throw Self.unknown(id)
    }
    return RolloutDocument(
      report: machine.report(at: now), artifacts: machine.artifacts.artifacts,
      slots: try await rollouts.slots().filter { $0.holders[id.description] != nil },
      journal: try await rollouts.journal(id))
  }

  func members(_ id: RolloutID, after: String?, limit: Int) async throws -> MemberList {
    let page = try await rollouts.members(id, after: after, limit: limit)
    return MemberList(nodes: page.records, next: page.hasMore ? page.records.last?.node : nil)
  }

  func nodes(after: String?, limit: Int) async throws -> NodeList {
    let page = try await store.range(FleetKey.nodes, after: after.map(FleetKey.node), limit: limit)
    let nodes = try page.entries.map { try JSONDecoder().decode(FleetNode.self, from: Data($0.value.bytes)) }
    return NodeList(nodes: nodes, next: page.hasMore ? nodes.last?.name : nil)
  }

  func node(_ name: String) async throws -> NodeDocument {
    guard FleetNode.isValid(name: name), let node = try await rollouts.node(name) else {
      throw APIProblem(.notFound, "no node `\(name)` has checked in")
    }
    let summary = try await store.record(NodeSummary.self, at: Self.summary(name))?.value
    return NodeDocument(node: node, summary: summary, groups: try await plans.current().plan.groups(of: node))
  }

  // MARK: Operators

  func order(_ order: Order, _ id: RolloutID, _ request: OrderRequest, by person: String, at now: Timestamp)
    async throws
  {
    let reason = try Reason.checked(request.reason)
    let ring = request.ring ?? ""
    if order.needsRing, ring.isEmpty { throw APIProblem(.invalidRequest, "`ring` is missing") }
    if order.needsNode, request.node == nil { throw APIProblem(.invalidRequest, "`node` is missing") }
    let node: FleetNode? = order.needsNode ? try await known(request.node ?? "") : nil
    let plan = try await plans.current()
    let answer = try await rollouts.order(id, node: node?.name, under: plan) { machine in
      switch order {
      case .halt: machine.halted(by: person, reason, at: now)
      case .resume: machine.resumed(by: person, reason, at: now)
      case .abandon: machine.abandoned(by: person, reason, at: now)
      case .promote: machine.promoted(ring, by: person, reason, at: now)
      case .approve: machine.approved(ring, by: person, reason, at: now)
      case .retry: machine.retried(by: person, reason, at: now)
      case .admit: machine.admitted(by: person, reason, at: now)
      case .skip: node.map { machine.skipped($0, by: person, reason, at: now) } ?? .refuse(.staleToken)
      }
    }
    switch answer {
    case .done: return
    case .refuse(let refusal): throw APIProblem(.refused, refusal.description)
    case nil: throw Self.unknown(id)
    }
  }

  private static func unknown(_ id: RolloutID) -> APIProblem { APIProblem(.notFound, "there is no rollout `\(id)`") }

  // MARK: Time

  /// What happens though nobody asks: silence is noted, rings open and pass.
  func sweep(at now: Timestamp) async throws { try await rollouts.sweep(under: try await plans.current(), at: now) }

  /// Counts the nodes of every ring.
  func survey(at now: Timestamp) async throws -> FleetSurvey {
    var census = FleetCensus(at: now)
    let survey = try await rollouts.survey(under: try await plans.current(), at: now) { census.count($0) }
    try await CensusTaker(store: store).keep(census, survey)
    return survey
  }
}

/// What a person may do with a rollout.
enum Order: String, CaseIterable, Sendable {
  case halt, resume, abandon, promote, skip, retry, admit, approve

  /// Who may.
  var role: Role { self == .approve ? .approver : .operator }

  var needsRing: Bool { self == .promote || self == .approve }
  var needsNode: Bool { [.skip, .retry, .admit].contains(self) }
}
