import Coordinator
import CoordinatorAPI
import FleetStore
import Foundation
import GateModel
import Ledger
import LedgerLog
import NIOHTTP1
import Testing

/// The coordinator as a witness of real ledgers: it signs what continues, and keeps what contradicts.
@Suite struct WitnessTests {
  /// A node with its ledger in a folder of its own.
  private struct Node {
    let state: String

    init(_ coordinator: TestCoordinator) throws {
      state = coordinator.folder.path + "/state-\(UUID().uuidString)"
      try FileManager.default.createDirectory(
        atPath: state, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// The same key, with a copy of its entries or none.
    func twin(_ coordinator: TestCoordinator, withEntries: Bool) throws -> Node {
      let twin = try Node(coordinator)
      try FileManager.default.copyItem(atPath: state + "/ledger", toPath: twin.state + "/ledger")
      if !withEntries {
        for name in try FileManager.default.contentsOfDirectory(atPath: twin.state + "/ledger") where name != "node.key"
        {
          try FileManager.default.removeItem(atPath: "\(twin.state)/ledger/\(name)")
        }
      }
      return twin
    }

    func append(_ count: Int, _ digest: String = "digest") throws {
      let ledger = try NodeLedger.open(state: state, node: "node-1")
      for number in 0..<count {
        try ledger.append(
          [.sync(SyncRecord(policyDigest: digest, pending: number))], actor: nil,
          at: Timestamp(secondsSinceEpoch: 1_790_000_000))
      }
    }

    func offer(from: Int) throws -> LedgerOffer {
      let ledger = try NodeLedger.read(state: state)
      let latest = try #require(try ledger.checkpoint())
      let size = latest.checkpoint.size
      let proof = from > 0 && from < size ? try ledger.consistencyProof(from: from, to: size) : []
      return LedgerOffer(
        key: ledger.verifierKey.description, checkpoint: latest.text, from: from, proof: proof.map(\.text))
    }
  }

  private static func ask(
    _ coordinator: TestCoordinator, _ offer: LedgerOffer
  ) async throws -> LedgerAnswer {
    let request = CheckInRequest(labels: [:], ledger: offer)
    let answer = try await coordinator.client("node-1").ask(
      .POST, "/v1/node/check-in", body: Array(try JSONEncoder().encode(request)))
    #expect(answer.status == 200, "\(answer.text)")
    return try #require(try answer.json(CheckInAnswer.self).ledger)
  }

  private static func alarms(_ coordinator: TestCoordinator) async throws -> Bool {
    let auditor = try await PageVisitor.signedIn(coordinator, "anna", [.auditor])
    let metrics = try await coordinator.client("viewer").ask(.GET, "/metrics").text
    let isCounted = metrics.contains("apt_gate_ledger_alarms 1.0")
    #expect(isCounted || metrics.contains("apt_gate_ledger_alarms 0.0"))
    #expect(try await auditor.get("/audit").text.contains("contradict what was seen") == isCounted)
    #expect(try await auditor.get("/nodes/node-1").text.contains("chip bad\">contradicted") == isCounted)
    #expect(try await coordinator.contents().contains { $0.key.hasPrefix("ledgers/evidence/node-1/") } == isCounted)
    return isCounted
  }

  @Test func aGrowingLedgerIsSigned() async throws {
    try await TestCoordinator.run { coordinator in
      let node = try Node(coordinator)
      var seen = 0
      for _ in 0..<4 {
        try node.append(3)
        let answer = try await Self.ask(coordinator, node.offer(from: seen))
        #expect(answer.state == .cosigned)
        seen = try #require(answer.size)
        let (note, witness) = (try #require(answer.checkpoint), try VerifierKey(#require(answer.witness)))
        let ledger = try NodeLedger.open(state: node.state, node: "node-1")
        try ledger.keep(witnessed: Array(note.utf8), by: witness)
        #expect(try ledger.verify(witness: witness).isValid)
      }
      #expect(seen == 12)
      // The same again is no new write; an offer from elsewhere is told where to begin.
      let before = try await coordinator.contents().first { $0.key == "ledgers/seen/node-1" }
      #expect(try await Self.ask(coordinator, node.offer(from: 12)).state == .cosigned)
      #expect(try await coordinator.contents().first { $0.key == "ledgers/seen/node-1" } == before)
      let stale = try await Self.ask(coordinator, node.offer(from: 3))
      #expect(stale.state == .stale && stale.size == 12)
      #expect(try await !Self.alarms(coordinator))
    }
  }

  @Test(arguments: ["fork", "rewrite", "longer rewrite", "another key"])
  func whatContradictsIsKept(_ attack: String) async throws {
    try await TestCoordinator.run { coordinator in
      let node = try Node(coordinator)
      try node.append(5)
      #expect(try await Self.ask(coordinator, node.offer(from: 0)).state == .cosigned)
      let fork = try node.twin(coordinator, withEntries: true)
      try node.append(2)
      #expect(try await Self.ask(coordinator, node.offer(from: 5)).state == .cosigned)
      #expect(try await !Self.alarms(coordinator))
      let liar: Node
      switch attack {
      case "fork":
        liar = fork
        try liar.append(2, "another")
      case "another key":
        liar = try Node(coordinator)
        try liar.append(9)
      default:
        // Who has stolen the node's key writes all of it anew.
        liar = try node.twin(coordinator, withEntries: false)
        try liar.append(attack == "rewrite" ? 7 : 20, "another")
      }
      let answer = try await Self.ask(coordinator, liar.offer(from: 7))
      #expect(answer.state == .contradicted, "\(answer)")
      #expect(try await Self.alarms(coordinator))
      #expect(coordinator.log.all.contains { $0.contains("a ledger contradicts what was seen") })
      // The true one goes on; the alarm stays.
      try node.append(1)
      #expect(try await Self.ask(coordinator, node.offer(from: 7)).state == .cosigned)
      #expect(try await Self.alarms(coordinator))
      // What was seen finds the lie without the coordinator, too.
      let own = try await coordinator.client("node-1").ask(.GET, "/v1/nodes/node-1/ledger")
      let witnessed = try own.json(WitnessedLedger.self)
      #expect(witnessed.alarm != nil)
      let older = [(name: "coordinator", bytes: Array(witnessed.checkpoint.utf8))]
      let key = try VerifierKey(witnessed.key)
      #expect(try NodeLedger.read(state: node.state).verify(key: key, older: older).isValid)
      #expect(try !NodeLedger.read(state: liar.state).verify(key: key, older: older).isValid)
    }
  }

  @Test func aLedgerThatWasCutOffStandsOut() async throws {
    try await TestCoordinator.run { coordinator in
      let node = try Node(coordinator)
      try node.append(5)
      let short = try node.twin(coordinator, withEntries: true)
      try node.append(5)
      #expect(try await Self.ask(coordinator, node.offer(from: 0)).state == .cosigned)
      let answer = try await Self.ask(coordinator, short.offer(from: 10))
      #expect(answer.state == .stale && answer.size == 10)
      let viewer = try await PageVisitor.signedIn(coordinator, "vera", [.viewer])
      #expect(try await viewer.get("/nodes/node-1").text.contains("shows 5 entries, and 10 were seen"))
      // As soon as it grows beyond, it is found to be another history.
      try short.append(6, "another")
      #expect(try await Self.ask(coordinator, short.offer(from: 10)).state == .contradicted)
      #expect(try await Self.alarms(coordinator))
    }
  }

  @Test func aNodeSeesItsOwnLedgerAlone() async throws {
    try await TestCoordinator.run { coordinator in
      let node = try Node(coordinator)
      try node.append(1)
      #expect(try await Self.ask(coordinator, node.offer(from: 0)).state == .cosigned)
      let path = "/v1/nodes/node-1/ledger"
      #expect(try await coordinator.client("node-1").ask(.GET, path).status == 200)
      #expect(try await coordinator.client("auditor").ask(.GET, path).status == 200)
      #expect(try await coordinator.client("node-2").ask(.GET, path).status == 403)
      #expect(try await coordinator.client("publisher").ask(.GET, path).status == 403)
    }
  }
}
