import CoordinatorAPI
import CoordinatorClient
import Documents
import FleetConfiguration
import FleetSupport
import Foundation
import Rollout

/// The whole of it: set up, faults in turn, the end, the check.
struct Storm {
  static let nodes = 200
  /// How long a fault lasts at least, and until the next one.
  static let fault = Duration.seconds(12)
  static let after = Duration.seconds(8)
  /// Going on must not take longer.
  static let patience = Duration.seconds(30)

  let cluster: EtcdCluster
  let coordinators: [CoordinatorProcess]
  let authority: TestAuthority
  let plan: FleetPlan
  let log: StormLog

  static let configuration = """
    apiVersion: apt-gate-fleet/v1
    groups:
      - {name: canary, labels: {role: canary}}
      - {name: early, labels: {role: early}}
      - {name: rest, labels: {role: rest}}
    rings:
      - {name: canary, groups: canary, slots: 2, soak: 1s, deadline: 2m, silence: 10m}
      - {name: early, groups: early, slots: 20%, soak: 1s, perDomain: {rack: 1}, deadline: 2m, silence: 10m}
      - {name: rest, groups: rest, slots: 16, soak: 1s, perDomain: {rack: 2}, deadline: 2m, silence: 10m}
    """

  init(coordinator: String, folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = FleetFile.read(DocumentSource(name: "fleet.yaml", text: Self.configuration))
    guard let plan = file.plan else {
      throw StormFailure(file.diagnostics.map(\.rendered).joined(separator: "\n"))
    }
    self.plan = plan
    log = StormLog(plan: plan)
    cluster = try EtcdCluster(folder: folder)
    authority = try TestAuthority(in: folder)
    let own = try authority.issue("coordinator")
    let (cluster, authority) = (cluster, authority)
    coordinators = try LoopbackPort.free(3).enumerated().map { number, port in
      let settings = """
        apiVersion: coordinator/v1
        listen: "127.0.0.1:\(port)"
        tls: {certificate: \(own.certificate), key: \(own.key), clientAuthorities: \(authority.certificate)}
        store:
          etcd: {endpoints: [\(cluster.members.map { "\"\($0.url)\"" }.joined(separator: ", "))]}
        identities:
          - {name: "node-*", roles: [node]}
          - {name: operator, roles: [operator]}
        limits: {perIdentity: 1000}
        """
      return try CoordinatorProcess(
        program: coordinator, name: "coordinator-\(number)", port: port, settings: settings, folder: folder)
    }
  }

  func run() async throws {
    try await cluster.start()
    for coordinator in coordinators { try coordinator.start() }
    for coordinator in coordinators { try await coordinator.waitUntilUp() }
    try await configure()
    FleetStorm.say("\(cluster.members.count) members, \(coordinators.count) coordinators, \(Self.nodes) nodes")
    let nodes = try (0..<Self.nodes).map { try node($0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for node in nodes { group.addTask { try await node.introduce() } }
      try await group.waitForAll()
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for node in nodes { group.addTask { try await node.run() } }
      try await weather()
      await log.end()
      try await group.waitForAll()
    }
    for node in nodes { await node.close() }
    try await check(nodes)
  }

  private func address(_ coordinator: CoordinatorProcess, _ files: TestAuthority.Files) -> CoordinatorAddress {
    CoordinatorAddress(
      url: "https://127.0.0.1:\(coordinator.port)", trustedCertificates: authority.certificate,
      certificate: files.certificate, key: files.key)
  }

  /// An operator puts the configuration into force.
  private func configure() async throws {
    let client = try CoordinatorClient(address(coordinators[0], try authority.issue("operator")))
    let change = ConfigurationChange(text: Self.configuration, replaces: nil, reason: "storm")
    _ = try await client.replaceConfiguration(with: change, within: .seconds(30))
    await client.close()
  }

  private func node(_ number: Int) throws -> StormNode {
    let name = "node-\(number)"
    let role = number < 4 ? "canary" : number < 40 ? "early" : "rest"
    let files = try authority.issue(name)
    return StormNode(
      node: FleetNode(name: name, labels: ["role": role, "rack": "r\(number % 20)"], seen: log.now),
      clients: try coordinators.map { try CoordinatorClient(address($0, files)) }, log: log)
  }

  /// The faults, one after the other.
  private func weather() async throws {
    let first = try await log.waitForProgress(.seconds(180))
    FleetStorm.say("the first slot was granted \(first)")
    try await Task.sleep(for: .seconds(5))
    for fault in StormFault.allCases {
      let heal = try await fault.strike(cluster, coordinators)
      let began = ContinuousClock.now
      // It must go on while the fault lasts, not because it is over.
      let pause = try await log.longestPause(since: began, atLeast: Self.fault, atMost: Self.patience)
      FleetStorm.say("\(heal.what): longest time without a slot granted or a report taken \(pause)")
      try await heal.action()
      try await Task.sleep(for: Self.after)
    }
  }

  private func check(_ nodes: [StormNode]) async throws {
    let history = try await EtcdHistory(member: cluster.members[0].url).read()
    let tally = await log.tally()
    var check = HistoryCheck(plan: plan, log: tally)
    check.replay(history)
    let contents = try await EtcdHistory(member: cluster.members[1].url).contents()
    let violations = check.violations(contents: contents) + tally.violations
    FleetStorm.say(
      "\(tally.rollouts.count) rollouts, \(tally.granted) slots granted, \(tally.worked) updates, "
        + "\(tally.unanswered) questions without an answer; \(history.count) transactions in the history, "
        + "\(violations.count) violations")
    guard violations.isEmpty else { throw StormFailure(violations.prefix(10).joined(separator: "\n")) }
  }
}
