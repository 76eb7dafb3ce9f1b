import CoordinatorAPI
import CoordinatorClient
import FleetStore
import FleetStoreSQLite
import Foundation
import GateModel
import Rollout

/// What happened in the fleet: nodes that hold updates, and three rollouts.
extension PageFleet {
  /// It has passed the canaries and waits for a person.
  static let waiting = "systemd=257.9-1~deb13u1"
  /// It is on its way.
  static let underway = "openssl=3.5.4-1~deb13u1"
  /// A canary failed.
  static let halted = "containerd=1.7.24~ds1-6+b4"
  /// More than fit on a page.
  static let workers = 55
  /// Its network was hurt.
  static let hurt = "worker-01"
  /// What it says of itself is not to be believed.
  static let hostile = "worker-13"
  /// Its history was rewritten.
  static let rewritten = "worker-09"

  /// A text that wants to be more than a text, in every way at once.
  static let attack =
    "=1+1 <img src=x onerror=\"document.title='harmed'\"><script>alert(1)</script> \u{202e}exe.gpj {{{x}}}"

  /// The node's routes, of which one never came back.
  static let routes = (0..<12).map { "route 10.244.\($0).0/24 via 198.51.100.\(10 + $0) dev eth0" }

  private static let plan = """
    apiVersion: apt-gate-fleet/v1
    groups:
      - {name: canaries, labels: {tier: canary}}
      - {name: workers, labels: {tier: worker}}
    rings:
      - {name: canary, groups: canaries, slots: 2, soak: 1s}
      - {name: workers, groups: workers, slots: 10%, approvals: 1, soak: 1h}
    """

  static func id(_ text: String) throws -> RolloutID {
    guard let id = RolloutID(text) else { throw LabError.missing("`\(text)` names no rollout") }
    return id
  }

  /// Where its page is.
  static func path(of id: String) -> String {
    let plain = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
    return "/rollouts/\(id.addingPercentEncoding(withAllowedCharacters: plain) ?? "")"
  }

  /// A coordinator whose fleet has been through all of it.
  static func lived() async throws -> PageFleet {
    let fleet = try await PageFleet()
    let person = try await fleet.client("petra", .operator)
    let change = ConfigurationChange(text: plan, replaces: nil, reason: "the test's rings")
    _ = try await person.replaceConfiguration(with: change, within: patience)
    var nodes: [String: CoordinatorClient] = [:]
    for name in ["canary-1", "canary-2"] + (1...workers).map({ "worker-\($0 < 10 ? "0" : "")\($0)" }) {
      let node = try await fleet.client(name, .node)
      _ = try await node.checkIn(checkIn(of: name), within: patience)
      nodes[name] = node
    }
    try await fleet.roll(nodes)
    try await fleet.showLedgers()
    for node in nodes.values { await node.close() }
    return fleet
  }

  private func roll(_ nodes: [String: CoordinatorClient]) async throws {
    let canaries = ["canary-1", "canary-2"].compactMap { nodes[$0] }
    let (waiting, underway, halted) = (try Self.id(Self.waiting), try Self.id(Self.underway), try Self.id(Self.halted))
    for canary in canaries { try await Self.apply(waiting, on: canary, .healthy) }
    let word = RolloutWord(rollout: waiting, state: .healthy, healthySeconds: 60)
    let end = ContinuousClock.now + Self.patience
    while try await report(of: waiting).rings.first?.state != .passed {
      guard .now < end else { throw LabError.missing("the canaries never soaked") }
      for canary in canaries {
        _ = try await canary.checkIn(
          CheckInRequest(labels: ["tier": "canary"], rollouts: [word]), within: Self.patience)
      }
      try await Task.sleep(for: .milliseconds(200))
    }
    for name in ["worker-01", "worker-02", "worker-03"] {
      _ = try await nodes[name]?.claim(Self.claim(waiting), within: Self.patience)
    }
    try await Self.apply(underway, on: canaries[0], nil)
    try await Self.apply(halted, on: canaries[1], .failed)
  }

  private static func claim(_ id: RolloutID) -> ClaimRequest {
    let names = [id.source, "lib\(id.source)-shared"]
    return ClaimRequest(
      rollout: id,
      artifacts: names.map {
        Artifact(
          name: $0, architecture: "amd64", version: id.version.text, sha256: String(repeating: "5e", count: 32))
      })
  }

  /// A node takes it, and says what became of it; nil if it is still at work.
  private static func apply(
    _ id: RolloutID, on node: CoordinatorClient, _ outcome: ReportRequest.Outcome?
  ) async throws {
    let reply = try await node.claim(claim(id), within: patience)
    guard let grant = reply.grant else { throw LabError.missing("no slot for \(id): \(reply.reasons)") }
    _ = try await node.confirm(ConfirmRequest(rollout: id, token: grant.token), within: patience)
    guard let outcome else { return }
    let report = ReportRequest(
      rollout: id, token: grant.token, outcome: outcome, reason: outcome == .failed ? attack : nil)
    _ = try await node.report(report, within: patience)
  }

  /// What the witness has found.
  private func showLedgers() async throws {
    let alarm = "two checkpoints of 41 entries have different roots"
    let standings = [
      Self.rewritten:
        #"{"state": "contradicted", "entries": 41, "witnessed": "2026-11-20T10:00:00Z", "alarm": "\#(alarm)"}"#,
      Self.hurt: #"{"state": "consistent", "entries": 128, "witnessed": "2026-11-21T06:00:00Z"}"#,
    ]
    var writes = standings.map { StoreWrite.put(key: "ledgers/standing/\($0.key)", bytes: Array($0.value.utf8)) }
    writes.append(.put(key: "ledgers/alarm/\(Self.rewritten)", bytes: Array(alarm.utf8)))
    _ = try await store.transact(StoreTransaction(writes: writes))
  }

  // MARK: What nodes say

  private static func checkIn(of name: String) -> CheckInRequest {
    let isWorker = name.hasPrefix("worker")
    var labels = ["tier": isWorker ? "worker" : "canary", "rack": "r\(name.suffix(1))"]
    if name == hostile { labels[attack] = attack }
    return CheckInRequest(
      labels: labels, problem: name == hostile ? attack : nil,
      summary: isWorker ? summary(of: name) : NodeSummary(gate: "1.0.0", distribution: "debian", release: "trixie"))
  }

  /// Twenty days ago.
  private static let since = Timestamp(secondsSinceEpoch: Int64(Date().timeIntervalSince1970) - 20 * 86_400)

  private static func summary(of name: String) -> NodeSummary {
    let text = name == hostile ? attack : "restarts systemd-networkd, which would delete 12 routes of the CNI plugin"
    let own = "package-\(name.suffix(2))"
    let held = [
      NodeSummary.Held(source: "systemd", version: "257.9-1~deb13u1", verdict: "stage", message: text, since: since),
      NodeSummary.Held(source: own, version: "1.0-2", verdict: "hold", message: text, since: since),
    ]
    let decisions = held.map { held in
      NodeAccount.Decision(
        source: held.source, from: name == hostile ? attack : "1.0-1", to: held.version, verdict: held.verdict,
        rules: ["networkd/cni-routes"], message: text, clearsWhen: "the rollout grants a slot",
        security: held.source == "systemd", cves: held.source == "systemd" ? ["CVE-2026-1234", "CVE-2026-1235"] : nil,
        responsible: ["platform"], effects: effects(text), decided: since)
    }
    let restart = NodeAccount.OwedRestart(unit: "systemd-networkd.service", since: since, sources: ["systemd"])
    return NodeSummary(
      gate: "1.0.0", distribution: "debian", release: "trixie", architecture: "amd64", kernel: "6.12.48+deb13-amd64",
      held: held, owedRestarts: name == hurt ? [restart.unit] : [],
      account: NodeAccount(
        decisions: decisions, transactions: name == hurt || name == hostile ? runs(of: name) : [],
        owedRestarts: name == hurt ? [restart] : [],
        ledger: NodeAccount.Ledger(key: "\(name)+5d1f8a2e+AcZ0", entries: 128, last: since)))
  }

  private static func effects(_ text: String) -> [NodeAccount.Effect] {
    [
      NodeAccount.Effect(
        kind: "restart", unit: text == attack ? attack : "systemd-networkd.service", verb: "try-restart",
        certainty: "certain", basis: "candidate"),
      NodeAccount.Effect(kind: "reexec", unit: nil, verb: "daemon-reexec", certainty: "possible", basis: "installed"),
    ]
  }

  private static func runs(of name: String) -> [NodeAccount.Transaction] {
    let objects = name == hostile ? [attack] : routes
    let network = NodeAccount.Network(
      lost: objects.count, restored: objects.count - 1, missing: 1, objects: objects, missingObjects: [objects[0]])
    let subject = name == hostile ? attack : "systemd 257.8-1~deb13u2 → 257.9-1~deb13u1"
    return [
      NodeAccount.Transaction(
        id: "run-2", began: since, ended: since.advanced(by: .seconds(40)), result: "completed",
        message: name == hostile ? attack : nil, subjects: [subject], network: network),
      NodeAccount.Transaction(
        id: "run-1", began: since.advanced(by: .seconds(-86_400)), result: "failed",
        subjects: ["tzdata 2026a-0 → 2026b-0"]),
    ]
  }
}
