import ArgumentParser
import AuditReport
import Coordinator
import CoordinatorAPI
import CoordinatorClient
import FleetStore
import FleetStoreSQLite
import FleetSupport
import Foundation
import GateModel
import LedgerSamples
import NIOHTTP1
import Testing

@testable import apt_gate

/// What nodes tell of their ledgers, and the fleet's report that auditors make of it.
@Suite struct HistoryTests {
  static func history(_ sample: SampleHistory = .quarter) -> NodeHistory {
    let end = SampleHistory.day(90)
    var builder = ReportBuilder(period: ReportPeriod(until: end, made: end))
    for entry in sample.entries { builder.add(entry) }
    return NodeHistory(builder.report(), since: nil, entries: sample.count)
  }

  static func body(_ value: some Encodable) throws -> [UInt8] { Array(try JSONEncoder().encode(value)) }

  /// Nodes that have checked in, the first ones with a history.
  private static func fill(_ coordinator: TestCoordinator, _ names: [String], telling: Int) async throws {
    for (place, name) in names.enumerated() {
      let client = try coordinator.client(name)
      let checkIn = try await client.ask(
        .POST, "/v1/node/check-in", body: body(CheckInRequest(labels: [:])))
      #expect(checkIn.status == 200)
      guard place < telling else { continue }
      #expect(try await client.ask(.PUT, "/v1/node/history", body: body(history())).status == 204)
    }
  }

  /// Off the threads that asynchronous work needs.
  static func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
    }
  }

  /// The certificate of one identity, as options of a command.
  static func options(_ coordinator: TestCoordinator, as name: String) throws -> [String] {
    let files = try coordinator.authority.issue(name, file: "\(name)-\(UUID().uuidString)")
    return [
      "--coordinator", "https://127.0.0.1:\(coordinator.port)", "--trust", coordinator.authority.certificate,
      "--certificate", files.certificate, "--key", files.key,
    ]
  }

  /// Runs a command in this process; gives its exit status and the failure's words.
  static func run(_ words: [String]) async throws -> (status: Int32, words: String) {
    try await onThread {
      do {
        var command = try AptGate.parseAsRoot(words)
        try command.run()
        return (0, "")
      } catch let failure as CommandFailure {
        return (failure.status.rawValue, failure.message)
      } catch {
        return (AptGate.exitCode(for: error).rawValue, "\(error)")
      }
    }
  }

  @Test func pagesHaveEveryNodeOnce() async throws {
    try await TestCoordinator.run { coordinator in
      let names = ["node-1", "node-2", "node-3", "node-4"]
      try await Self.fill(coordinator, names, telling: 2)
      let auditor = try coordinator.client("auditor")
      for limit in [1, 2, 3, 4, 1000] {
        var found: [FleetNodeHistory] = []
        var after = ""
        while true {
          let answer = try await auditor.ask(.GET, "/v1/fleet/histories?limit=\(limit)\(after)")
          let page = try answer.json(FleetHistoryPage.self)
          #expect(page.nodes.count <= limit)
          // Who reads it can ask on at once.
          #expect(answer.text.hasPrefix("{\"next\":") == (page.next != nil))
          found += page.nodes
          guard let next = page.next else { break }
          after = "&after=\(next)"
        }
        #expect(found.map(\.node) == names, "\(limit)")
        #expect(found.map { $0.history != nil } == [true, true, false, false])
        #expect(found[0].history == Self.history())
        #expect(found.allSatisfy { $0.ledger.state == "unseen" })
      }
    }
  }

  @Test func whatIsRefused() async throws {
    try await TestCoordinator.run { coordinator in
      let client = try coordinator.client("node-1")
      let told = try Self.body(Self.history())
      #expect(try await client.ask(.PUT, "/v1/node/history", body: told).problem?.kind == .refused, "not checked in")
      try await Self.fill(coordinator, ["node-1"], telling: 0)
      var history = Self.history()
      history.updates = Array(repeating: history.updates[0], count: NodeHistory.mostUpdates + 1)
      #expect(
        try await client.ask(.PUT, "/v1/node/history", body: Self.body(history)).problem?.kind == .invalidRequest)
      history = Self.history()
      history.updates = (0..<NodeHistory.mostUpdates).map { number in
        var update = history.updates[0]
        update.source = "\(number)" + String(repeating: "x", count: 500)
        return update
      }
      #expect(
        try await client.ask(.PUT, "/v1/node/history", body: Self.body(history)).problem?.kind == .bodyTooLarge)
      // The client itself leaves out of it what is too much.
      let files = try coordinator.authority.issue("node-1", file: "again")
      let own = try CoordinatorClient(
        CoordinatorAddress(
          url: "https://127.0.0.1:\(coordinator.port)", trustedCertificates: coordinator.authority.certificate,
          certificate: files.certificate, key: files.key))
      try await own.tell(history, within: .seconds(20))
      await own.close()
      for name in ["viewer", "operator-1", "node-1", "publisher", "approver-1"] {
        for path in ["/v1/fleet/histories", "/v1/fleet/deeds"] {
          #expect(try await coordinator.client(name).ask(.GET, path).problem?.kind == .forbidden, "\(name)")
        }
      }
      let page = try await coordinator.client("auditor").ask(.GET, "/v1/fleet/histories").json(FleetHistoryPage.self)
      let kept = try #require(page.nodes.first?.history)
      #expect(!kept.updates.isEmpty && kept.updates.count < NodeHistory.mostUpdates && kept.since != nil)
    }
  }

  @Test func aReportIsMadeOfThem() async throws {
    try await TestCoordinator.run { coordinator in
      try await Self.fill(coordinator, ["node-1", "node-2", "node-3"], telling: 2)
      let change = ConfigurationChange(
        text: "canary node-1 1 60\nrest node-[2-9] 1 0\n", replaces: nil, reason: "the first rings")
      let configured = try await coordinator.client("operator-1").ask(
        .PUT, "/v1/fleet/configuration", body: Self.body(change))
      #expect(configured.status == 200)
      // What happens in the second in which a report is made is of the next one.
      try await Task.sleep(for: .milliseconds(1100))
      let output = coordinator.folder.path + "/report.json"
      let options = try Self.options(coordinator, as: "auditor") + ["--output", output]
      let (status, words) = try await Self.run(["report"] + options)
      #expect(status == 0, "\(words)")
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: output))) as? [String: Any])
      let summary = try #require(json["summary"] as? [String: Any])
      #expect(summary["nodes"] as? Int == 3 && summary["untold"] as? Int == 1)
      #expect(summary["held"] as? Int == 4 && summary["unseen"] as? Int == 3)
      let deeds = try #require(json["deeds"] as? [[String: Any]])
      #expect(deeds.map { $0["reason"] as? String } == ["the first rings"])
      #expect(deeds.first?["person"] as? String == "operator-1" && deeds.first?["intact"] as? String == "yes")
      // Who changes a deed in the store is found.
      let entry = try #require(try await coordinator.contents().first { $0.key.hasPrefix("audit/entry/") })
      let changed = String(decoding: entry.value.bytes, as: UTF8.self).replacing("first rings", with: "other rings")
      _ = try await coordinator.store.transact(
        .init(writes: [.put(key: entry.key, bytes: Array(changed.utf8))]))
      #expect(try await Self.run(["report"] + options).status == 3)
      #expect(try String(contentsOfFile: output, encoding: .utf8).contains("\"brokenDeeds\": 1"))
      let refused = try await Self.run(["report"] + Self.options(coordinator, as: "viewer") + ["--output", output])
      #expect(refused.status == 1 && refused.words.contains("none of the roles"), "\(refused)")
    }
  }

  /// An answer that is none is told as such, wherever in it that shows.
  @Test func whatIsNoPageIsRefused() async throws {
    let node = #"{"node":"a","seen":"2026-11-21T10:55:48Z","ledger":{"state":"unseen"}}"#
    for body in ["<html>", #"{"nodes":7}"#, #"{"next":"a","nodes":[\#(node),{"node":1}]}"#, #"{"nodes":[\#(node)"#] {
      let server = try OneAnswerServer("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
      let address = CoordinatorAddress(url: "http://127.0.0.1:\(server.port)")
      let error = await #expect(throws: CoordinatorClientError.self) {
        try await Self.onThread {
          let now = SampleHistory.day(90)
          _ = try FleetReportSource(address: address).report(on: ReportPeriod(until: now, made: now))
        }
      }
      #expect(
        error?.code == .unexpected && error?.message.contains("what nodes told cannot be read") == true, "\(body)")
    }
  }
}
