import FleetSupport
import Foundation
import Testing

/// Three booted nodes with apt-gate's package on one switch, with a coordinator: a canary, and two that follow one by one.
///
/// The canary proves who it is by a certificate, the others by tokens.
struct LabFleet: Sendable {
  static let names = ["canary", "alpha", "beta"]

  let coordinator: LabCoordinator
  let nodes: [String: GatedNode]
  /// The rollout that all of them wait for: systemd's pending version.
  let rollout: String
  let versions: (from: String, to: String)

  private static let rings = """
    apiVersion: apt-gate-fleet/v1
    groups:
      - {name: canary, labels: {role: canary}}
      - {name: workers, labels: {role: worker}}
    rings:
      - {name: canary, groups: canary, slots: 1, soak: 5s, deadline: 20m}
      - {name: workers, groups: workers, slots: 1, deadline: 20m}

    """

  private static let policy = """
    apiVersion: apt-gate/v1
    name: systemd-in-rings
    rules:
      - id: systemd-in-rings
        match: {source: systemd}
        effect: stage
        message: systemd goes through the fleet ring by ring

    """

  static func boot() async throws -> LabFleet {
    let lab = try LabSwitch()
    let coordinator = try await LabCoordinator(on: lab, identities: ["canary"])
    try await coordinator.configure(rings)
    // One of them builds the tree and the package if they are not there yet.
    let nodes = try await withThrowingTaskGroup(of: (String, GatedNode).self) { group in
      for (place, name) in names.enumerated() {
        let port = LabSwitch.Port(owner: lab, name: name, address: "198.18.0.\(11 + place)")
        group.addTask { (name, try await join(name, coordinator, at: port)) }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    let canary = try #require(nodes["canary"])
    let from = try await canary.version(of: "systemd")
    let to = try await canary.node.shell(
      "apt-cache madison systemd | cut -d'|' -f2 | tr -d ' ' | sort -Vr | head -n1"
    ).trimmingCharacters(in: .whitespacesAndNewlines)
    try #require(from != to)
    return LabFleet(coordinator: coordinator, nodes: nodes, rollout: "systemd=\(to)", versions: (from, to))
  }

  private static func join(
    _ name: String, _ coordinator: LabCoordinator, at port: LabSwitch.Port
  ) async throws -> GatedNode {
    let gated = try await GatedNode.boot(at: port)
    let node = gated.node
    try node.write(
      "/etc/apt-gate/fleet-ca.pem", try String(contentsOfFile: coordinator.authority.certificate, encoding: .utf8))
    var proof = "certificate: /etc/apt-gate/node.pem\n  key: /etc/apt-gate/node.key"
    if name == "canary" {
      let files = try coordinator.authority.issue(name)
      try node.copy(URL(filePath: files.certificate), to: "/etc/apt-gate/node.pem")
      try node.copy(URL(filePath: files.key), to: "/etc/apt-gate/node.key")
    } else {
      proof = "tokenFile: /etc/apt-gate/fleet.token"
      try node.write("/etc/apt-gate/fleet.token", try await coordinator.token(of: name, "node"))
    }
    try node.write(
      "/etc/apt-gate/apt-gate.yaml.d/60-fleet.yaml",
      """
      apiVersion: apt-gate/v1
      fleet:
        coordinator: \(LabCoordinator.url)
        trustedCertificates: /etc/apt-gate/fleet-ca.pem
        \(proof)
        labels: {role: \(name == "canary" ? "canary" : "worker")}

      """)
    try node.write("/etc/apt-gate/policies/systemd-in-rings/policy.yaml", policy)
    // As often as it is started, and only by the tests.
    try node.write(
      "/etc/apt/apt.conf.d/20auto-upgrades",
      "APT::Periodic::Unattended-Upgrade \"always\";\nAPT::Periodic::Update-Package-Lists \"0\";\n")
    try await node.shell("systemctl stop apt-daily.timer apt-daily-upgrade.timer apt-gate-check-in.timer")
    return gated
  }

  /// Each node says how it is, by its own unit.
  func checkIn(_ names: [String] = Self.names) async throws {
    for name in names {
      // Its timer asks every few minutes; here it is started more often than systemd lets units.
      try await nodes[name]?.node.shell(
        "systemctl reset-failed apt-gate-check-in.service; systemctl start apt-gate-check-in.service")
    }
  }

  /// Not by `systemctl start`: the update re-executes the manager, which ends the connection that it waits on.
  private static let daily = """
    systemctl reset-failed apt-daily-upgrade.service 2> /dev/null || true
    systemctl start --no-block apt-daily-upgrade.service
    for i in $(seq 1500); do
      case $(systemctl is-active apt-daily-upgrade.service 2> /dev/null) in
        inactive|failed) systemctl list-jobs 2> /dev/null | grep -q apt-daily-upgrade || exit 0 ;;
      esac
      sleep 0.2
    done
    exit 1
    """

  /// apt's daily upgrade on these nodes at once, as its timer starts it; ends when all are done. What unattended-upgrades
  /// says of a veto is no failure here: the versions tell.
  func upgrade(_ names: [String]) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for node in names.compactMap({ nodes[$0]?.node }) {
        group.addTask { try await node.shell(Self.daily, limit: 400) }
      }
      try await group.waitForAll()
    }
  }

  func version(on name: String) async throws -> String {
    try await #require(nodes[name]).version(of: "systemd")
  }

  /// What `held` says on a node, on one line.
  func held(on name: String) async throws -> String {
    let outcome = try await #require(nodes[name]).node.run("apt-gate", "held")
    return (outcome.output + outcome.errors).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The node's own words on what its upgrade did, for a test that fails.
  func journal(of name: String) async throws -> String {
    try await #require(nodes[name]).node.run(
      "sh", "-c",
      "journalctl -q -u apt-daily-upgrade -u apt-gate-check-in --no-pager | tail -n 40; "
        + "tail -n 30 /var/log/unattended-upgrades/unattended-upgrades.log"
    ).output
  }
}
