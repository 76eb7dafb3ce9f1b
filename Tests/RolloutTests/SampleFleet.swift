import GateModel
import Rollout

/// A canary and four workers in two racks, and one rollout on its way to them.
struct SampleFleet {
  static let id = RolloutID(source: "systemd", version: "252.39-1~deb12u1")
  static let start = Timestamp(secondsSinceEpoch: 1_772_409_600)

  var plan: FleetPlan
  var machine: RolloutStateMachine
  /// Records of nodes that the machine does not hold at the moment, as the store would.
  private var records: [String: NodeRecord] = [:]
  private var slots: [String: SlotRecord] = [:]
  var now = start

  init(_ change: (inout FleetPlan) -> Void = { _ in }) throws {
    var plan = FleetPlan(
      groups: [
        GroupPlan(name: "canary", labels: ["role": [Glob("canary")]]),
        GroupPlan(name: "workers", labels: ["role": [Glob("worker")]]),
      ],
      rings: [
        RingPlan(name: "canary", groups: ["canary"], soak: .seconds(3600)),
        RingPlan(name: "workers", groups: ["workers"], slots: .count(2), perDomain: ["rack": 1]),
      ])
    change(&plan)
    self.plan = plan
    guard let id = Self.id else { throw Missing() }
    machine = RolloutStateMachine(plan: plan, head: RolloutHead(id: id, created: Self.start))
    machine.begun(["canary": 1, "workers": 4], at: now)
  }

  struct Missing: Error {}

  static func node(_ name: String, problem: String? = nil) -> FleetNode {
    let number = Int(String(name.dropFirst())) ?? 0
    return FleetNode(
      name: name, labels: ["role": name.hasPrefix("c") ? "canary" : "worker", "rack": "r\(number % 2)"], seen: start,
      problem: problem)
  }

  static func artifacts(digest: Character = "a", architecture: String = "amd64") -> [Artifact] {
    [
      Artifact(
        name: "systemd", architecture: architecture, version: "252.39-1~deb12u1",
        sha256: String(repeating: digest, count: 64))
    ]
  }

  /// Time passes.
  mutating func wait(_ seconds: Int64) { now = now.advanced(by: .seconds(seconds)) }

  /// An event about one node: the machine gets its records, and they are put away again.
  mutating func about<Answer>(_ node: String?, _ event: (inout RolloutStateMachine, Timestamp) -> Answer) -> Answer {
    machine = RolloutStateMachine(
      plan: plan, head: machine.head, book: machine.book, node: node.flatMap { records[$0] },
      slot: node.flatMap { slots[$0] }, artifacts: machine.artifacts)
    let answer = event(&machine, now)
    if let node {
      records[node] = machine.node
      slots[node] = machine.slot
    }
    return answer
  }

  func phase(_ node: String) -> NodePhase { records[node]?.phase ?? .expected }

  @discardableResult
  mutating func claim(_ node: String, _ artifacts: [Artifact] = artifacts()) -> ClaimAnswer {
    about(node) { $0.claimed(by: Self.node(node), wanting: artifacts, at: $1) }
  }

  /// The token of a grant that must be given.
  mutating func grant(_ node: String) throws -> UInt64 {
    guard case .grant(let grant) = claim(node) else { throw Missing() }
    return grant.token
  }

  mutating func confirm(_ node: String, _ token: UInt64) -> ConfirmAnswer {
    about(node) { $0.confirmed(token: token, at: $1) }
  }

  @discardableResult
  mutating func report(_ node: String, _ report: NodeReport, _ token: UInt64) -> ReportAnswer {
    about(node) { $0.reported(report, token: token, at: $1) }
  }

  /// From the grant to a node that is well.
  mutating func apply(_ node: String) throws {
    let token = try grant(node)
    _ = confirm(node, token)
    report(node, .healthy, token)
  }

  mutating func checkIn(_ node: String, healthyFor: Int64? = nil, problem: String? = nil) {
    about(node) {
      $0.checkedIn(Self.node(node, problem: problem), healthyFor: healthyFor.map { .seconds($0) }, at: $1)
    }
  }

  mutating func silence(_ node: String) { about(node) { $0.deadlinePassed(at: $1) } }

  /// The canary has applied and soaked.
  mutating func passCanary() throws {
    try apply("c1")
    wait(3600)
    checkIn("c1", healthyFor: 3600)
  }

  func reasons(_ answer: ClaimAnswer) -> [WaitReason] {
    if case .wait(let waiting) = answer { waiting.reasons } else { [] }
  }
}
