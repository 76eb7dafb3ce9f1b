import AsyncHTTPClient
import CoordinatorAPI
import FleetStore
import FleetSupport
import Foundation
import GateModel
import NIOCore
import NIOHTTP1
import Rollout
import Synchronization

/// 10,000 nodes check in within ten seconds, each at its own moment. A real node opens a connection for its check-in and closes
/// it, so that each costs a TLS handshake on either side, both of them on this machine; the second figure is with connections
/// that are kept, which is what the coordinator itself needs.
struct CheckInBench {
  /// The aim is 10,000; fewer for a first look.
  static let nodes = ProcessInfo.processInfo.environment["CHECK_INS"].flatMap { Int($0) } ?? 10_000
  static let time = Duration.milliseconds(nodes)

  let fleet: BenchFleet

  func run() async throws {
    let tokens = Mutex<[String]>([])
    let running = try await fleet.start(.sqlite, name: "check-in") { store in
      let made = try await BenchFleet.tokens(0..<Self.nodes, in: store)
      tokens.withLock { $0 = made }
    }
    defer { running.stop() }
    let texts = tokens.withLock { $0 }
    // The first time, all of them are new; the second time it is as always.
    for round in ["new", "known"] {
      for ownConnections in [true, false] {
        let what = ownConnections ? "a TLS connection each" : "kept connections"
        try await measure(running, texts, round: "\(round) nodes, \(what)", ownConnections: ownConnections)
      }
    }
  }

  private func measure(
    _ running: BenchFleet.Running, _ tokens: [String], round: String, ownConnections: Bool
  ) async throws {
    let client = try running.client(connections: 256)
    let requests = try tokens.indices.map { number in
      try request(running, number, tokens[number], ownConnection: ownConnections)
    }
    let errors = Counter()
    let before = ProcessorTime(of: running.process.processIdentifier)
    let start = ContinuousClock.now
    let times = try await withThrowingTaskGroup(of: Duration.self) { group in
      for (number, request) in requests.enumerated() {
        let due = start + Self.time * number / Self.nodes
        try await Task.sleep(until: due, clock: .continuous)
        group.addTask {
          let response = try? await client.execute(request, timeout: .seconds(60))
          let body = try? await response?.body.collect(upTo: 1 << 20)
          if response?.status != .ok || body == nil { errors.next() }
          // From the moment that it was due: a queue counts.
          return ContinuousClock.now - due
        }
      }
      return Times(try await group.reduce(into: []) { $0.append($1) })
    }
    let took = ContinuousClock.now - start
    let used = ProcessorTime(of: running.process.processIdentifier).milliseconds - before.milliseconds
    FleetBench.say(
      "\(Self.nodes) check-ins on SQLite, \(round): \(took.seconds) s, \(errors.value) errors, "
        + "p50 \(times.milliseconds(50)) ms, p99 \(times.milliseconds(99)) ms, "
        + String(format: "%.2f", used / Double(Self.nodes)) + " ms of processor time each; aim: 10 s without errors")
    try await client.shutdown()
  }

  private func request(
    _ running: BenchFleet.Running, _ number: Int, _ token: String, ownConnection: Bool
  ) throws -> HTTPClientRequest {
    let body = CheckInRequest(labels: BenchFleet.node(number).labels, summary: BenchFleet.summary)
    var request = try running.request("/v1/node/check-in", token: token, body: body)
    if ownConnection { request.headers.add(name: "Connection", value: "close") }
    return request
  }
}
