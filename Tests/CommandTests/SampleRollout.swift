import CoordinatorAPI
import Documents
import FleetConfiguration
import GateModel
import Rollout

@testable import apt_gate

/// Rollouts made by the state machine itself: one halted by a failure, one that waits for people.
enum SampleRollout {
  static let start = Timestamp(secondsSinceEpoch: 1_772_409_600)

  static let plan = FleetPlan(
    groups: [
      GroupPlan(name: "canary", labels: ["role": [Glob("canary")]]),
      GroupPlan(name: "workers", labels: ["role": [Glob("worker")]]),
      GroupPlan(name: "databases", labels: ["role": [Glob("db")]]),
    ],
    rings: [
      RingPlan(name: "canary", groups: ["canary"], soak: .seconds(3600)),
      RingPlan(name: "everyone", groups: ["workers", "databases"], slots: .count(2), perDomain: ["rack": 1]),
    ])

  static func node(_ name: String, _ role: String, rack: String? = "r1") -> FleetNode {
    var labels = ["role": role]
    labels["rack"] = rack
    return FleetNode(name: name, labels: labels, seen: start)
  }

  private struct Played {
    var machine: RolloutStateMachine
    var nodes: [NodeRecord]
    var slots: [SlotRecord]
    var journal: [JournalEntry]
  }

  private static func played() -> Played? {
    guard let id = RolloutID(source: "systemd", version: "252.39-1~deb12u1") else { return nil }
    var machine = RolloutStateMachine(plan: plan, head: RolloutHead(id: id, created: start))
    machine.begun(["canary": 1, "everyone": 40], at: start)
    var journal = machine.announcements
    var nodes: [NodeRecord] = []
    var slots: [SlotRecord] = []
    let artifact = Artifact(
      name: "systemd", architecture: "amd64", version: "252.39-1~deb12u1", sha256: String(repeating: "a", count: 64))

    func about(_ event: (inout RolloutStateMachine) -> Void) {
      machine = RolloutStateMachine(plan: plan, head: machine.head, book: machine.book, artifacts: machine.artifacts)
      event(&machine)
      journal += machine.announcements
      if let node = machine.node { nodes.append(node) }
      if let slot = machine.slot { slots.append(slot) }
    }
    func apply(_ node: FleetNode, _ report: NodeReport?, at now: Timestamp) {
      about { machine in
        guard case .grant(let grant) = machine.claimed(by: node, wanting: [artifact], at: now) else { return }
        _ = machine.confirmed(token: grant.token, at: now)
        if let report { _ = machine.reported(report, token: grant.token, at: now) }
        machine.checkedIn(node, healthyFor: nil, at: now.advanced(by: .seconds(3600)))
      }
    }
    apply(node("c1", "canary"), .healthy, at: start)
    let later = start.advanced(by: .seconds(7200))
    apply(node("w1", "worker", rack: "r1"), nil, at: later)
    apply(node("w2", "worker", rack: "r2"), .failed(reason: "the default route is gone"), at: later)
    return Played(machine: machine, nodes: nodes, slots: slots, journal: journal)
  }

  static let halted: RolloutReport = report(played()?.machine, at: start.advanced(by: .seconds(7300)))
  /// What each node is at.
  static let nodes = played()?.nodes ?? []

  static let document = RolloutDocument(
    report: halted, artifacts: played()?.machine.artifacts.artifacts ?? [], slots: played()?.slots ?? [],
    journal: played()?.journal ?? [])

  /// One whose first ring waits for people.
  static let waiting: RolloutReport = {
    var plan = SampleRollout.plan
    plan.rings[0].approvals = ApprovalPlan(count: 2, from: ["anna", "ben"])
    guard let id = RolloutID(source: "linux", version: "6.1.158-1") else { return report(nil, at: start) }
    var machine = RolloutStateMachine(plan: plan, head: RolloutHead(id: id, created: start))
    machine.begun(["canary": 1, "everyone": 40], at: start)
    _ = machine.approved("canary", by: "anna", "read the changelog", at: start)
    return report(machine, at: start)
  }()

  static let reports = [waiting, halted]

  private static func report(_ machine: RolloutStateMachine?, at now: Timestamp) -> RolloutReport {
    guard let machine else {
      preconditionFailure("the sample rollout has an id that is none")
    }
    return machine.report(at: now)
  }

  /// Nodes of a fleet, some of which are not as anybody meant them.
  static let fleet: [FleetNode] = {
    var lost = node("w2", "worker", rack: nil)
    lost.lostLabels = ["rack": start]
    var unwell = node("x2", "printer")
    unwell.problem = "a probe fails"
    return [node("c1", "canary"), node("w1", "worker"), lost, node("x1", "printer"), unwell]
  }()

  static let groups: FleetGroupsCheck = {
    var survey = FleetSurvey(plan)
    for node in fleet { survey.count(node) }
    return FleetGroupsCheck(diagnostics: [], survey: survey)
  }()

  static let broken: FleetGroupsCheck = {
    let text = """
      apiVersion: apt-gate-fleet/v1
      groups:
        - name: canary
          labels: {role: canary}
      rings:
        - name: canary
          groups: [canarie]
          slot: 1
      """
    let file = FleetFile.read(DocumentSource(name: "fleet.yaml", text: text))
    return FleetGroupsCheck(diagnostics: file.diagnostics, survey: nil)
  }()

  static let simulation = FleetSimulation(
    plan: plan, nodes: [node("c1", "canary")] + (1...9).map { node("w\($0)", "worker", rack: "r\($0 % 3)") },
    assumptions: FleetForecast.Assumptions(start: start))

  static let failing = FleetSimulation(
    plan: plan, nodes: simulation.nodes,
    assumptions: FleetForecast.Assumptions(
      start: start, failures: FleetForecast.Failures(ring: "everyone", count: 1)))
}
