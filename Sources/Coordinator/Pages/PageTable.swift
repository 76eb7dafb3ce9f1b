internal import CoordinatorAPI
internal import CoordinatorPages
internal import FleetStore
internal import GateModel
internal import HTTPTypes
internal import Rollout

/// The pages that people look at, and the forms on them. Like the API's operations they stand in one table, each with its
/// access rule; who asks is known by the session's cookie alone.
struct PageTable: Sendable {
  let reader: PageReader
  let sessions: PageSessions
  let cookie: SessionCookie
  let authenticator: Authenticator
  let renderer: PageRenderer
  let fleet: FleetService
  let trail: AuditTrail

  init(
    store: any FleetStore, settings: SettingsBox, authenticator: Authenticator, fleet: FleetService,
    renderer: PageRenderer
  ) {
    sessions = PageSessions(store: store)
    cookie = SessionCookie(isOverTLS: settings.current.tls != nil)
    trail = AuditTrail(store: store)
    reader = PageReader(store: store, fleet: fleet, trail: trail, witness: WitnessRecords(store: store))
    (self.authenticator, self.fleet, self.renderer) = (authenticator, fleet, renderer)
  }

  var routes: [Route] { entranceRoutes + readingRoutes + formRoutes }

  private var readingRoutes: [Route] {
    [
      page("overviewPage", "/") { try await reader.overview(at: $0.now) },
      page("rolloutsPage", "/rollouts") { try await reader.rollouts(after: after($0), at: $0.now) },
      page("rolloutPage", "/rollouts/{rollout}") {
        try await reader.rollout(try Self.rollout($0), after: after($0), at: $0.now)
      },
      page("heldPage", "/held") { try await reader.held(Self.query($0), at: $0.now) },
      Route(page: "heldTable", .get, "/held.csv", .readers) { call in
        .csv(try await reader.held(Self.query(call), at: call.now).csv, name: "held")
      },
      page("heldUpdatePage", "/held/{rollout}") {
        try await reader.holders(of: try Self.rollout($0), after: after($0), limit: HeldUpdatePage.pageSize)
      },
      Route(page: "heldNodesTable", .get, "/held/{rollout}/nodes.csv", .readers) { call in
        let holders = try await reader.holders(of: try Self.rollout(call), after: after(call), limit: 1000)
        var reply = Reply.csv(holders.csv, name: "nodes")
        if holders.hasMore, let last = holders.nodes.last?.node {
          reply.headers["Link"] = "<?after=\(last)>; rel=\"next\""
        }
        return reply
      },
      page("nodesPage", "/nodes") { call in
        try await reader.nodes(prefix: Self.name(call.query["name"]), after: after(call))
      },
      page("nodePage", "/nodes/{node}") { try await reader.node($0.parameters["node"] ?? "") },
      page("approvalsPage", "/approvals") { try await reader.approvals(at: $0.now) },
      page("auditPage", "/audit", .roles([.auditor])) { call in
        try await reader.audit(before: call.query["before"].flatMap { Int($0) })
      },
    ]
  }

  private func page(
    _ name: String, _ path: String, _ access: Access = .readers,
    _ read: @escaping @Sendable (Call) async throws -> any Page
  ) -> Route {
    Route(page: name, .get, path, access) { call in
      .page(renderer.render(try await read(call), in: frame(of: call)))
    }
  }

  /// - Parameter problem: what could not be done, above the page.
  func frame(of call: Call, problem: String? = nil) -> PageFrame {
    PageFrame(
      person: call.identity?.name, roles: (call.identity?.roles ?? []).map(\.rawValue).sorted(),
      formKey: cookie.value(in: call.headers).map(PageSessions.formKey) ?? "", now: call.now,
      notice: call.query["done"].flatMap { Order(rawValue: $0)?.done }, problem: problem)
  }

  static func rollout(_ call: Call) throws(APIProblem) -> RolloutID {
    guard let id = RolloutID(call.parameters["rollout"] ?? "") else {
      throw APIProblem(.notFound, "a rollout is named `SOURCE=VERSION`")
    }
    return id
  }

  /// Where a list goes on; keys are made of it, so that it has only what names have.
  private func after(_ call: Call) -> String? {
    guard let text = call.query["after"], !text.isEmpty, text.utf8.count <= 300, !text.contains("/") else { return nil }
    return text
  }

  /// What of a name somebody typed can be a part of one.
  private static func name(_ text: String?) -> String {
    String((text ?? "").prefix(255).filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) })
  }

  private static func query(_ call: Call) -> HeldQuery {
    let verdict = call.query["verdict"] ?? ""
    return HeldQuery(
      text: String((call.query["q"] ?? "").prefix(200)), verdict: HeldQuery.verdicts.contains(verdict) ? verdict : "",
      sort: call.query["sort"].flatMap(HeldQuery.Sort.init) ?? .nodes,
      page: call.query["page"].flatMap { Int($0) } ?? 1)
  }
}

extension Order {
  /// What a page says once it is done.
  var done: String {
    switch self {
    case .halt: "Halted. Nothing more is granted until the rollout is resumed."
    case .resume: "Resumed."
    case .abandon: "Given up. The version is never offered again."
    case .promote: "The ring has passed."
    case .skip: "The rollout goes on without the node."
    case .retry: "The node may try again."
    case .admit: "The node may install what no earlier ring ran."
    case .approve: "Your approval is recorded."
    }
  }
}
