public import CoordinatorAPI
public import Rollout

/// What operators ask.
extension CoordinatorClient {
  public enum Order: String, Sendable, CaseIterable {
    case halt, resume, abandon, promote, skip, retry, admit, approve
  }

  public func rollouts(within deadline: Duration) async throws(CoordinatorClientError) -> RolloutList {
    try await ask(.get, "/v1/rollouts", within: deadline)
  }

  public func rollout(_ id: RolloutID, within deadline: Duration) async throws(CoordinatorClientError)
    -> RolloutDocument
  {
    try await ask(.get, "/v1/rollouts/\(Self.escaped(id.description))", within: deadline)
  }

  /// Every node that has spoken of a rollout, page by page.
  public func members(
    of id: RolloutID, within deadline: Duration
  ) async throws(CoordinatorClientError) -> [NodeRecord] {
    let path = "/v1/rollouts/\(Self.escaped(id.description))/nodes"
    return try await pages(path, within: deadline) { (page: MemberList) in (page.nodes, page.next) }
  }

  /// Every node of the fleet, page by page.
  public func nodes(within deadline: Duration) async throws(CoordinatorClientError) -> [FleetNode] {
    try await pages("/v1/nodes", within: deadline) { (page: NodeList) in (page.nodes, page.next) }
  }

  /// The same, each with what contradicts its ledger, or nil.
  public func nodesWithAlarms(
    within deadline: Duration
  ) async throws(CoordinatorClientError) -> [(node: FleetNode, alarm: String?)] {
    try await pages("/v1/nodes", within: deadline) { (page: NodeList) in
      (page.nodes.map { (node: $0, alarm: page.alarms?[$0.name]) }, page.next)
    }
  }

  private func pages<Page: Decodable & Sendable, Item>(
    _ path: String, within deadline: Duration, _ parts: (Page) -> (items: [Item], next: String?)
  ) async throws(CoordinatorClientError) -> [Item] {
    let end = ContinuousClock.now + deadline
    var items: [Item] = []
    var after = ""
    while true {
      let page = parts(try await ask(.get, "\(path)?limit=1000\(after)", within: end - .now))
      items += page.items
      guard let next = page.next else { return items }
      after = "&after=\(Self.escaped(next))"
    }
  }

  public func node(_ name: String, within deadline: Duration) async throws(CoordinatorClientError) -> NodeDocument {
    try await ask(.get, "/v1/nodes/\(Self.escaped(name))", within: deadline)
  }

  /// Takes a node out of the fleet. Not asked twice: `nodes` says whether a lost answer was a yes.
  public func forget(
    _ node: String, because reason: String, within deadline: Duration
  ) async throws(CoordinatorClientError) {
    try await send(
      .post, "/v1/nodes/\(Self.escaped(node))/forget", body: OrderRequest(reason: reason), within: deadline,
      repeating: .never)
  }

  /// Not asked twice: whether a lost answer was a yes, `show` says.
  public func order(
    _ order: Order, _ id: RolloutID, _ request: OrderRequest, within deadline: Duration
  ) async throws(CoordinatorClientError) {
    try await send(
      .post, "/v1/rollouts/\(Self.escaped(id.description))/\(order.rawValue)", body: request, within: deadline,
      repeating: .never)
  }

  public func configuration(within deadline: Duration) async throws(CoordinatorClientError) -> ConfigurationDocument {
    try await ask(.get, "/v1/fleet/configuration", within: deadline)
  }

  public func replaceConfiguration(
    with change: ConfigurationChange, within deadline: Duration
  ) async throws(CoordinatorClientError) -> ConfigurationDocument {
    try await ask(.put, "/v1/fleet/configuration", body: change, within: deadline, repeating: .never)
  }

  /// Puts a bundle into force; the same one again does no harm.
  public func publish(_ bundle: SignedPolicyBundle, within deadline: Duration) async throws(CoordinatorClientError) {
    try await send(.put, "/v1/policy-bundle", body: bundle, within: deadline)
  }

  /// Percent-encoded, but for unreserved characters (RFC 3986, section 2.3).
  static func escaped(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.reduce(into: "") { escaped, byte in
      let isPlain = byte.isPlain || "-._~".utf8.contains(byte)
      escaped += isPlain ? String(UnicodeScalar(byte)) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
  }
}

extension UInt8 {
  fileprivate var isPlain: Bool { (48...57).contains(self) || (65...90).contains(self) || (97...122).contains(self) }
}
