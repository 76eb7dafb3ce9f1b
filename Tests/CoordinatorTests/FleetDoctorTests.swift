import ArgumentParser
import Coordinator
import CoordinatorAPI
import CoordinatorClient
import FleetSupport
import Foundation
import GateConfiguration
import GateEngine
import GateModel
import Testing

@testable import apt_gate

/// What `doctor` says of a node's coordinator, FleetLock server and policy bundle: the servers are real, on loopback.
@Suite(.enabled(if: geteuid() == 0, "what doctor looks at is root's alone")) struct FleetDoctorTests {
  /// A node's configuration and state, in a folder of its own.
  struct Node: Sendable {
    let folder = FileManager.default.temporaryDirectory.appending(path: "doctor-\(UUID().uuidString)").path
    var state: String { folder + "/state" }

    init(_ configuration: [String]) throws {
      try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
      let text = (["apiVersion: apt-gate/v1"] + configuration).joined(separator: "\n") + "\n"
      try text.replacing("FOLDER", with: folder).write(toFile: folder + "/gate.yaml", atomically: true, encoding: .utf8)
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    /// What one check says, off the threads that asynchronous work needs.
    func result(of check: DoctorCheck.Chosen) async throws -> DoctorResult {
      try await HistoryTests.onThread {
        let choice = SettingsChoice(config: folder + "/gate.yaml", state: state)
        let node = try DoctorNode(choice, NodeOptions.parse([]))
        #expect(node.configurationProblem == nil)
        return check.check.result(on: node)
      }
    }

    func bundles(_ body: (inout BundleMemory) throws -> Void) throws { try BundleMemoryFile(state: state).change(body) }
  }

  static func section(_ name: String, _ members: [(String, String)]) -> [String] {
    ["\(name):"] + members.map { "  \($0): \"\($1)\"" }
  }

  private static func credentials(_ coordinator: TestCoordinator, _ name: String) throws -> [(String, String)] {
    let files = try coordinator.authority.issue(name, file: "\(name)-\(UUID().uuidString)")
    return [
      ("trustedCertificates", coordinator.authority.certificate), ("certificate", files.certificate),
      ("key", files.key), ("patience", "20s"),
    ]
  }

  private static func fleet(_ coordinator: TestCoordinator, as name: String = "node-1") throws -> [String] {
    section(
      "fleet",
      try [("coordinator", "https://127.0.0.1:\(coordinator.port)")] + credentials(coordinator, name)
        + [("policies", "FOLDER/policies")])
  }

  static func expect(
    _ result: DoctorResult, _ severity: DoctorFinding.Severity, _ what: String, remedy: String
  ) {
    let found = result.findings.first { $0.severity == severity && $0.what.contains(what) }
    #expect(found != nil, "\(result)")
    #expect(found?.remedy.contains(remedy) == true, "\(result)")
    #expect(result.skip == nil)
    #expect(DoctorReport(results: [result]).status == (severity == .note ? .done : .checkFailed))
  }

  // MARK: coordinator

  @Test func aCoordinatorThatAnswersIsFine() async throws {
    try await TestCoordinator.run { coordinator in
      let node = try Node(Self.fleet(coordinator))
      defer { node.remove() }
      let result = try await node.result(of: .coordinator)
      #expect(result.findings == [] && result.skip == nil)
    }
  }

  @Test func whoMayNotActAsANodeIsTold() async throws {
    try await TestCoordinator.run { coordinator in
      let node = try Node(Self.fleet(coordinator, as: "viewer"))
      defer { node.remove() }
      Self.expect(
        try await node.result(of: .coordinator), .broken, "knows this node as `viewer`, which may not act as a node",
        remedy: "give `viewer` the role `node`")
    }
  }

  @Test func credentialsThatAreNotAcceptedAreTold() async throws {
    try await TestCoordinator.run { coordinator in
      let token = coordinator.folder.path + "/token"
      try "apt-gate-none\n".write(toFile: token, atomically: true, encoding: .utf8)
      chmod(token, 0o600)
      let node = try Node(
        Self.section(
          "fleet",
          [
            ("coordinator", "https://127.0.0.1:\(coordinator.port)"),
            ("trustedCertificates", coordinator.authority.certificate), ("tokenFile", token), ("patience", "20s"),
          ]))
      defer { node.remove() }
      Self.expect(
        try await node.result(of: .coordinator), .broken, "does not accept who this node is",
        remedy: "apt-gate-coordinator token create")
    }
  }

  @Test func aMissingCertificateIsTold() async throws {
    try await TestCoordinator.run { coordinator in
      let node = try Node(
        Self.section(
          "fleet",
          [
            ("coordinator", "https://127.0.0.1:\(coordinator.port)"), ("certificate", "/nonexistent/a.pem"),
            ("key", "/nonexistent/a.key"), ("patience", "20s"),
          ]))
      defer { node.remove() }
      Self.expect(
        try await node.result(of: .coordinator), .broken, "the coordinator cannot be asked", remedy: "mend `fleet:`")
    }
  }

  @Test func silenceIsTold() async throws {
    try await TestCoordinator.run { coordinator in
      let silent = try SilentServer()
      let members = try Self.credentials(coordinator, "node-1").filter { $0.0 != "patience" }
      let node = try Node(
        Self.section(
          "fleet", [("coordinator", "https://127.0.0.1:\(silent.port)"), ("patience", "1s")] + members))
      defer { node.remove() }
      Self.expect(
        try await node.result(of: .coordinator), .broken, "the coordinator does not answer",
        remedy: "`https://127.0.0.1:\(silent.port)` can be reached")
    }
  }

  @Test func clocksMayDifferByAMinute() {
    let now = Timestamp(secondsSinceEpoch: 1_795_000_000)
    func findings(_ seconds: Int64) -> [DoctorFinding] {
      DoctorCheck.clock(Timestamp(secondsSinceEpoch: 1_795_000_000 + seconds), now: now)
    }
    for seconds in [-60, 0, 60] as [Int64] { #expect(findings(seconds) == []) }
    #expect(DoctorCheck.clock(nil, now: now) == [])
    #expect(findings(-61).first?.what == "this node's clock is 61 s ahead of the coordinator's")
    #expect(findings(3600).first?.what == "this node's clock is 3600 s behind the coordinator's")
    #expect(findings(3600).first?.severity == .risk)
  }

  /// A name is worth knowing; one that systemd's own resolver answers for is a risk.
  @Test func namesAreTold() {
    #expect(DoctorCheck.way(to: "https://127.0.0.1:1") == [])
    #expect(DoctorCheck.name(way("https://fleet.example"), risk: nil) == [])
    var server = way("https://fleet.example", resolv: "nameserver 198.18.0.1\n")
    #expect(DoctorCheck.name(server, risk: nil).map(\.severity) == [.note])
    let risk = DoctorCheck.name(server, risk: "it is the default route")
    #expect(risk.map(\.severity) == [.risk] && risk[0].what.hasSuffix("it is the default route"))
    server = way("https://fleet.example", resolv: "nameserver 127.0.0.53\n")
    #expect(DoctorCheck.name(server, risk: nil).first?.what.contains("resolved by systemd-resolved") == true)
    #expect(DoctorCheck.name(way("https://fleet.example", hosts: "198.18.0.7 fleet.example\n"), risk: nil) == [])
  }

  /// How a node with these files finds `url`.
  private func way(_ url: String, resolv: String = "", hosts: String = "") -> CoordinatorWay {
    let root = FileManager.default.temporaryDirectory.appending(path: "way-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: root) }
    try? FileManager.default.createDirectory(atPath: root + "/etc", withIntermediateDirectories: true)
    try? resolv.write(toFile: root + "/etc/resolv.conf", atomically: true, encoding: .utf8)
    try? hosts.write(toFile: root + "/etc/hosts", atomically: true, encoding: .utf8)
    return CoordinatorWay(url, root: root)
  }

  @Test(arguments: [DoctorCheck.Chosen.coordinator, .fleetLock, .bundle])
  func nothingIsSaidOfANodeWithoutAFleet(check: DoctorCheck.Chosen) async throws {
    let node = try Node([])
    defer { node.remove() }
    let result = try await node.result(of: check)
    #expect(result.findings == [] && result.skip?.needsRoot == false)
  }

  // MARK: fleetlock

  private static func lock(_ coordinator: TestCoordinator, _ name: String, port: Int? = nil) throws -> [String] {
    var members = try credentials(coordinator, name)
    if port != nil { members = members.map { $0.0 == "patience" ? ("patience", "1s") : $0 } }
    return section(
      "fleetlock", [("url", "https://127.0.0.1:\(port ?? coordinator.port)"), ("id", name)] + members)
  }

  private static func slot(_ node: Node) throws -> FleetLockSlot {
    let settings = try SettingsOptions.parse(["--config", node.folder + "/gate.yaml", "--state", node.state]).settings()
    return FleetLockSlot(try #require(settings.fleetLock), state: node.state)
  }

  /// The question takes no slot away: neither this node's nor another's.
  @Test func aFleetLockServerIsAskedWithoutHarm() async throws {
    try await TestCoordinator.run { coordinator in
      let (one, two) = (try Node(Self.lock(coordinator, "node-1")), try Node(Self.lock(coordinator, "node-2")))
      defer { for node in [one, two] { node.remove() } }
      #expect(try await one.result(of: .fleetLock).findings == [])
      let taken = try Self.slot(one)
      try await HistoryTests.onThread { try taken.take(.taken, within: .seconds(20)) }
      for node in [one, two] { #expect(try await node.result(of: .fleetLock).findings == []) }
      #expect(try taken.file.lock()?.phase == .taken)
      let other = try Self.slot(two)
      await #expect(throws: (any Error).self) {
        try await HistoryTests.onThread { try other.take(.taken, within: .seconds(20)) }
      }
    }
  }

  @Test func aSlotThatWasKeptIsTold() async throws {
    try await TestCoordinator.run { coordinator in
      let node = try Node(Self.lock(coordinator, "node-1"))
      defer { node.remove() }
      let slot = try Self.slot(node)
      try await HistoryTests.onThread { try slot.take(.applying, within: .seconds(20)) }
      try slot.note(TransactionResult(lost: 1), missing: ["route 198.18.5.0/24 dev eth0"])
      Self.expect(
        try await node.result(of: .fleetLock), .risk, "route 198.18.5.0/24 dev eth0", remedy: "`apt-gate fleet unlock`")
      #expect(try slot.file.lock()?.phase == .failed, "looking gives nothing back")
    }
  }

  @Test func aFleetLockServerThatIsSilentIsTold() async throws {
    try await TestCoordinator.run { coordinator in
      let silent = try SilentServer()
      let node = try Node(Self.lock(coordinator, "node-1", port: silent.port))
      defer { node.remove() }
      Self.expect(
        try await node.result(of: .fleetLock), .broken, "the FleetLock server cannot be asked",
        remedy: "`https://127.0.0.1:\(silent.port)` can be reached")
    }
  }
}

extension DoctorCheck {
  /// A check by its name, as an argument of tests.
  enum Chosen: String, Sendable {
    case coordinator, fleetLock, bundle

    var check: DoctorCheck {
      switch self {
      case .coordinator: .coordinator
      case .fleetLock: .fleetLock
      case .bundle: .bundle
      }
    }
  }
}
