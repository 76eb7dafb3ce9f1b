import Foundation
import Testing

/// A rollout over booted nodes: a real coordinator, real unattended-upgrades, and systemd's real pending update.
@Suite("a rollout over booted nodes", LabRequirements.trait, .serialized)
struct RolloutTests {
  @Test("goes ring by ring, and one by one in the second", .timeLimit(.minutes(20)))
  func ringByRing() async throws {
    let start = ContinuousClock.now
    let fleet = try await LabFleet.boot()
    print("rollout: 3 nodes with a coordinator after \((ContinuousClock.now - start).inSeconds) s")
    try await fleet.checkIn()
    let begin = ContinuousClock.now
    try await canaryFirst(fleet)
    print("rollout: the canary has the update after \((ContinuousClock.now - begin).inSeconds) s")
    try await soaked(fleet)
    print("rollout: and has soaked after \((ContinuousClock.now - begin).inSeconds) s")
    try await othersFollow(fleet)
    print("rollout: all have it after \((ContinuousClock.now - begin).inSeconds) s")
    let history = RolloutHistory(fleet.coordinator.entries(), of: fleet.rollout)
    print("rollout: \(history.steps.joined(separator: "; "))")
    #expect(history.mostAtOnce == 1, "\(history.steps)")
    #expect(history.finished.first == "canary" && Set(history.finished) == Set(LabFleet.names), "\(history.steps)")
    let status = try await fleet.coordinator.fleet("show", fleet.rollout)
    #expect(status.output.contains("completed"), "\(status.output)\(status.errors)")
    let audit = ContinuousClock.now
    try await fleet.expectReportsAgree()
    print("rollout: the reports and pages were compared in \((ContinuousClock.now - audit).inSeconds) s")
  }

  /// All three try; only the canary gets a slot, and the others say what they wait for.
  private func canaryFirst(_ fleet: LabFleet) async throws {
    let canary = try #require(fleet.nodes["canary"])
    let routes = try await canary.node.shell(GatedNode.state)
    let networkd = try await canary.networkdStart()
    try await fleet.upgrade(LabFleet.names)
    if try await fleet.version(on: "canary") != fleet.versions.to { try await fleet.upgrade(["canary"]) }
    let reached = try await fleet.version(on: "canary")
    let said = try await fleet.journal(of: "canary")
    try #require(reached == fleet.versions.to, "\(said)")
    #expect(try await canary.node.shell(GatedNode.state) == routes)
    #expect(try await canary.networkdStart() == networkd, "the update is shielded too")
    for name in ["alpha", "beta"] {
      #expect(try await fleet.version(on: name) == fleet.versions.from)
      let held = try await fleet.held(on: name)
      #expect(held.contains("systemd goes through the fleet ring by ring"), "\(held)")
      #expect(held.contains("ring `canary` has not passed"), "\(held)")
    }
  }

  private func soaked(_ fleet: LabFleet) async throws {
    for _ in 0..<60 {
      try await fleet.checkIn(["canary"])
      let status = try await fleet.coordinator.fleet("show", fleet.rollout, "--json").output
      if status.contains("\"ring-passed\"") { return }
      try await Task.sleep(for: .seconds(1))
    }
    let status = try await fleet.coordinator.fleet("show", fleet.rollout).output
    Issue.record("the canary does not soak: \(status)")
  }

  private func othersFollow(_ fleet: LabFleet) async throws {
    var left = ["alpha", "beta"]
    for _ in 0..<5 where !left.isEmpty {
      try await fleet.upgrade(left)
      var still: [String] = []
      for name in left where try await fleet.version(on: name) != fleet.versions.to { still.append(name) }
      if still.count == 1, left.count == 2 {
        let held = try await fleet.held(on: still[0])
        #expect(held.contains("all slots of ring `workers` are taken: 1 of 1"), "\(held)")
      }
      left = still
      try await fleet.checkIn()
    }
    let said = try await fleet.journal(of: left.first ?? "alpha")
    #expect(left == [], "\(said)")
    try await fleet.checkIn()
  }

  /// An overlay as a CNI plugin has it goes down while dpkg runs, and somebody takes its port: it cannot be set up again, and
  /// the route over it cannot come back.
  private static let loss = """
    ip link add flannel.1 type vxlan id 1 local 198.18.0.11 dstport 8472 nolearning
    ip addr add 198.19.4.1/32 dev flannel.1
    ip link set flannel.1 up
    ip route add 198.19.128.0/17 via 198.19.5.1 dev flannel.1 onlink proto 80
    printf 'import socket, time\\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\\n' > /root/thief.py
    printf 's.bind(("0.0.0.0", 8472))\\ntime.sleep(3600)\\n' >> /root/thief.py
    printf 'until pgrep -f "[d]pkg.*--status-fd.*--(unpack|configure)"; do sleep 0.05; done\\n' > /root/thief.sh
    printf 'ip link set flannel.1 down\\nexec python3 /root/thief.py\\n' >> /root/thief.sh
    systemd-run --quiet --unit=thief sh /root/thief.sh
    """

  @Test("halts when the canary loses a route for good", .timeLimit(.minutes(20)))
  func halts() async throws {
    let fleet = try await LabFleet.boot()
    try await fleet.checkIn()
    let canary = try #require(fleet.nodes["canary"])
    try await canary.node.shell(Self.loss)
    try await fleet.upgrade(["canary"])
    #expect(try await canary.node.shell("ip route show 198.19.128.0/17") == "")
    let reason = "of the network are lost: route 198.19.128.0/17"
    let ledger = try await canary.node.shell("apt-gate ledger list --json")
    #expect(ledger.contains("198.19.128.0/17"), "\(ledger.suffix(3000))")

    try await fleet.upgrade(["alpha", "beta"])
    let status = try await fleet.coordinator.fleet("status")
    #expect(status.status == 2)
    let said = try await fleet.journal(of: "canary")
    for words in ["halted", "1 failed in ring canary, at most 0 may; the last was canary: ", reason] {
      #expect(status.output.contains(words), "\(status.output)\(status.errors)\(said)")
    }
    for name in ["alpha", "beta"] {
      #expect(try await fleet.version(on: name) == fleet.versions.from)
      let held = try await fleet.held(on: name)
      #expect(held.contains("1 failed in ring canary, at most 0 may; the last was canary: "), "\(held)")
      #expect(held.contains("halted by") && held.contains(reason), "\(held)")
    }
    let history = RolloutHistory(fleet.coordinator.entries(), of: fleet.rollout)
    #expect(history.granted == ["canary"] && history.failed == ["canary"], "\(history.steps)")
    let held = try await fleet.held(on: "beta")
    print("halted rollout: \(history.steps.joined(separator: "; "))\n\(status.output)\(held)")
  }
}

/// Who had a slot when, as the coordinator recorded it.
struct RolloutHistory {
  var steps: [String] = []
  var granted: [String] = []
  /// Who reported that it is well.
  var finished: [String] = []
  var failed: [String] = []
  var mostAtOnce = 0

  init(_ entries: [LabCoordinator.LogEntry], of rollout: String) {
    var atWork: Set<String> = []
    for entry in entries where entry.rollout == rollout {
      guard let node = entry.node else { continue }
      switch entry.message {
      case "node granted":
        granted.append(node)
        atWork.insert(node)
      case "node reported":
        if entry.outcome == "healthy" { finished.append(node) }
        if entry.outcome == "failed" { failed.append(node) }
        if entry.outcome != "applied" { atWork.remove(node) }
      default: continue
      }
      mostAtOnce = max(mostAtOnce, atWork.count)
      steps.append("\(entry.time) \(node) \(entry.outcome ?? "granted")")
    }
  }
}
