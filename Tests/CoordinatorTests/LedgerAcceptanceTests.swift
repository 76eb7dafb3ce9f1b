import AuditReport
import Coordinator
import CoordinatorAPI
import FleetStore
import FleetSupport
import Foundation
import GateModel
import Ledger
import LedgerLog
import NIOHTTP1
import Testing

@testable import apt_gate

/// A node's ledger through its commands: verified against what the coordinator saw, and accepted anew.
@Suite struct LedgerAcceptanceTests {
  private struct Node {
    let state: String

    init(_ coordinator: TestCoordinator) throws {
      state = coordinator.folder.path + "/state-\(UUID().uuidString)"
      try FileManager.default.createDirectory(
        atPath: state, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    func append(_ count: Int, _ digest: String = "digest") throws {
      let ledger = try NodeLedger.open(state: state, node: "node-1")
      for number in 0..<count {
        try ledger.append(
          [.sync(SyncRecord(policyDigest: digest, pending: number))], actor: nil,
          at: Timestamp(secondsSinceEpoch: 1_790_000_000))
      }
    }

    /// The same key with the first entries, or none.
    func twin(_ coordinator: TestCoordinator, withEntries: Bool) throws -> Node {
      let twin = try Node(coordinator)
      try FileManager.default.copyItem(atPath: state + "/ledger", toPath: twin.state + "/ledger")
      guard !withEntries else { return twin }
      for name in try FileManager.default.contentsOfDirectory(atPath: twin.state + "/ledger") where name != "node.key" {
        try FileManager.default.removeItem(atPath: "\(twin.state)/ledger/\(name)")
      }
      return twin
    }

    /// Shows the ledger as a check-in does.
    func offer(_ coordinator: TestCoordinator) async throws -> LedgerAnswer {
      var witnessing = LedgerWitnessing(state: state, node: "node-1")
      var answer = LedgerAnswer(.refused)
      var seen: Int?
      for _ in 0..<2 {
        let request = CheckInRequest(labels: [:], ledger: try witnessing.offer(seen: seen))
        let reply = try await coordinator.client("node-1").ask(
          .POST, "/v1/node/check-in", body: HistoryTests.body(request))
        answer = try #require(try reply.json(CheckInAnswer.self).ledger)
        guard let from = try witnessing.took(answer) else { break }
        seen = from
      }
      witnessing = LedgerWitnessing(state: state, node: "node-1")
      return answer
    }

    var key: String { get throws { try NodeLedger.read(state: state).verifierKey.description } }

    /// `apt-gate ledger verify --coordinator` with the node's own token.
    func verify(_ coordinator: TestCoordinator) async throws -> (status: Int32, words: String) {
      let token = try await TokenStore(coordinator.store).create(
        name: "node-1", roles: [.node], expires: nil, at: coordinator.clock.now)
      let (file, configuration) = (state + "/token", state + "/apt-gate.yaml")
      for (path, text) in [
        (file, token.text),
        (
          configuration,
          """
          apiVersion: apt-gate/v1
          fleet:
            coordinator: https://127.0.0.1:\(coordinator.port)
            trustedCertificates: \(coordinator.authority.certificate)
            tokenFile: \(file)

          """
        ),
      ] {
        #expect(
          FileManager.default.createFile(
            atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]))
      }
      return try await HistoryTests.run(
        ["ledger", "verify", "--coordinator", "--config", configuration, "--state", state, "--quiet"])
    }
  }

  @Test func anHonestLedgerIsFoundSo() async throws {
    try await TestCoordinator.run { coordinator in
      let node = try Node(coordinator)
      try node.append(5)
      #expect(try await node.offer(coordinator).state == .cosigned)
      #expect(try await node.verify(coordinator).status == 0)
      // It may have grown since.
      try node.append(3)
      let grown = try await node.verify(coordinator)
      #expect(grown.status == 0, "\(grown.words)")
    }
  }

  /// Before the node has shown the lie, what was seen finds it; after it has, the alarm says so, too.
  @Test(arguments: ["truncation", "rewrite", "fork", "another key"])
  func aLieIsFound(_ attack: String) async throws {
    try await TestCoordinator.run { coordinator in
      let node = try Node(coordinator)
      try node.append(5)
      let early = try node.twin(coordinator, withEntries: true)
      try node.append(2)
      #expect(try await node.offer(coordinator).state == .cosigned)
      let liar: Node
      switch attack {
      case "truncation": liar = early
      case "fork":
        liar = early
        try liar.append(2, "another")
      case "rewrite":
        liar = try node.twin(coordinator, withEntries: false)
        try liar.append(9, "another")
      default:
        liar = try Node(coordinator)
        try liar.append(9)
      }
      let before = try await liar.verify(coordinator)
      #expect(before.status == 3, "\(before.words)")
      let answer = try await liar.offer(coordinator)
      guard attack != "truncation" else {
        #expect(answer.state == .stale)
        return
      }
      #expect(answer.state == .contradicted)
      let after = try await liar.verify(coordinator)
      #expect(after.status == 3 && after.words.contains("the coordinator has an alarm for this ledger"), "\(after)")
      // The honest one is told of the alarm, too: somebody has its key, or took its place.
      #expect(try await node.verify(coordinator).status == 3)
      try await Self.expectAlarm(coordinator, true)
      // The independent verifier agrees, from the evidence alone.
      let list = try await Self.evidence(coordinator)
      #expect(list.evidence.count == 1)
      #expect(try Self.python(list) == [attack == "another key" ? "another key" : "contradiction"])
    }
  }

  @Test func aNodeThatWasInstalledAnewIsAcceptedByAPerson() async throws {
    try await TestCoordinator.run { coordinator in
      let old = try Node(coordinator)
      try old.append(5)
      #expect(try await old.offer(coordinator).state == .cosigned)
      let new = try Node(coordinator)
      try new.append(2)
      let refused = try await new.offer(coordinator)
      #expect(refused.state == .contradicted)
      #expect(refused.reason?.contains("its key is another than before; if the node was installed anew") == true)
      try await Self.expectAlarm(coordinator, true)
      // Nobody else may, a reason is needed, and the key is named.
      for (who, key, reason, status) in [
        ("node-1", try new.key, "r", 403), ("viewer", try new.key, "r", 403), ("auditor", try new.key, " ", 400),
        ("auditor", "no key", "r", 400),
      ] {
        let answer = try await coordinator.client(who).ask(
          .POST, "/v1/nodes/node-1/ledger/acceptance",
          body: HistoryTests.body(LedgerAcceptance(key: key, reason: reason)))
        #expect(answer.status == status, "\(who) \(answer.text)")
      }
      let words = ["fleet", "accept-ledger", "node-1", try new.key, "--reason", "a new disk"]
      let accepted = try await HistoryTests.run(words + HistoryTests.options(coordinator, as: "operator-1"))
      #expect(accepted.status == 0, "\(accepted.words)")
      try await Self.expectAlarm(coordinator, false)
      // A third key is not what was accepted.
      let third = try Node(coordinator)
      try third.append(4)
      #expect(try await third.offer(coordinator).state == .refused)
      #expect(try await new.offer(coordinator).state == .cosigned)
      #expect(try await new.verify(coordinator).status == 0)
      #expect(try await old.offer(coordinator).state == .contradicted)
      // What people did is in the log; the evidence and the former checkpoint stay.
      let deeds = try await coordinator.client("auditor").ask(.GET, "/v1/fleet/deeds").json(FleetDeedPage.self)
      #expect(deeds.deeds.map(\.what) == ["accept-ledger"] && deeds.deeds[0].reason == "a new disk")
      #expect(try await Self.evidence(coordinator).evidence.count == 2)
      #expect(try await coordinator.contents().contains { $0.key.hasPrefix("ledgers/former/node-1/") })
    }
  }

  /// With the same key the alarm goes, and the ledger must still continue what was seen.
  @Test func anAlarmIsSettled() async throws {
    try await TestCoordinator.run { coordinator in
      let node = try Node(coordinator)
      try node.append(5)
      #expect(try await node.offer(coordinator).state == .cosigned)
      let liar = try node.twin(coordinator, withEntries: false)
      try liar.append(7, "another")
      #expect(try await liar.offer(coordinator).state == .contradicted)
      let words = ["fleet", "accept-ledger", "node-1", try node.key, "--reason", "a test of ours"]
      #expect(try await HistoryTests.run(words + HistoryTests.options(coordinator, as: "auditor")).status == 0)
      try await Self.expectAlarm(coordinator, false)
      #expect(try await node.verify(coordinator).status == 0)
      #expect(try await liar.verify(coordinator).status == 3)
      try liar.append(1)
      #expect(try await liar.offer(coordinator).state == .contradicted)
      try await Self.expectAlarm(coordinator, true)
    }
  }

  /// Everywhere that shows alarms.
  private static func expectAlarm(_ coordinator: TestCoordinator, _ isThere: Bool) async throws {
    let list = try await coordinator.client("viewer").ask(.GET, "/v1/nodes").json(NodeList.self)
    #expect((list.alarms?["node-1"] != nil) == isThere)
    let page = try await coordinator.client("auditor").ask(.GET, "/v1/fleet/histories").json(FleetHistoryPage.self)
    #expect((page.nodes.first?.ledger.alarm != nil) == isThere)
    let report = ["report", "--output", coordinator.folder.path + "/report.md"]
    let status = try await HistoryTests.run(report + HistoryTests.options(coordinator, as: "auditor")).status
    #expect(status == (isThere ? 3 : 0))
    let evidence = ["fleet", "evidence", "node-1", "--quiet"] + (try HistoryTests.options(coordinator, as: "auditor"))
    // Nothing is seen of it between an acceptance and the next checkpoint.
    let seen = try await HistoryTests.run(evidence).status
    #expect(isThere ? seen == 3 : seen != 3)
  }

  private static func evidence(_ coordinator: TestCoordinator) async throws -> LedgerEvidenceList {
    try await coordinator.client("auditor").ask(.GET, "/v1/nodes/node-1/ledger/evidence")
      .json(LedgerEvidenceList.self)
  }

  /// What verify_ledger.py makes of the coordinator's evidence.
  private static func python(_ list: LedgerEvidenceList) throws -> [String] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../LedgerTests/verify_ledger.py").path
    process.arguments = ["python3", script, "--evidence"]
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(list))
    try input.fileHandleForWriting.close()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 3, "\(String(decoding: text, as: UTF8.self))")
    return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
