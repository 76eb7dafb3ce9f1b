import AsyncHTTPClient
import CoordinatorAPI
import FleetStore
import Foundation
import GateModel
import NIOCore
import NIOHTTP1
import Rollout
import Synchronization

/// Nodes ask for slots at once, and all get one: every grant rewrites the rollout's head and the slots' book.
struct ClaimBench {
  static let nodes = 2_000
  /// Requests at once.
  static let callers = 64

  let fleet: BenchFleet
  let store: BenchFleet.Store

  func run() async throws {
    let tokens = Mutex<[String]>([])
    let running = try await fleet.start(store, name: "claims-\(store.rawValue)") { store in
      try await BenchFleet.know((0..<Self.nodes).map { BenchFleet.node($0, role: "canary") }, in: store)
      let made = try await BenchFleet.tokens(0..<Self.nodes, in: store)
      tokens.withLock { $0 = made }
    }
    defer { running.stop() }
    let (texts, client) = (tokens.withLock { $0 }, try running.client(connections: Self.callers))
    guard let id = RolloutID("systemd=252.39-1~deb12u1") else { return }
    let artifact = Artifact(
      name: "systemd", architecture: "amd64", version: id.version.text, sha256: String(repeating: "a", count: 64))
    let claim = ClaimRequest(rollout: id, artifacts: [artifact])
    let granted = Counter()
    let next = Counter()
    let start = ContinuousClock.now
    let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
      for _ in 0..<Self.callers {
        group.addTask {
          var times: [Duration] = []
          while true {
            let number = next.next()
            guard number < Self.nodes else { return times }
            let request = try running.request("/v1/node/claims", token: texts[number], body: claim)
            let began = ContinuousClock.now
            let response = try await client.execute(request, timeout: .seconds(60))
            let body = try await response.body.collect(upTo: 1 << 20)
            times.append(ContinuousClock.now - began)
            let reply = try? JSONDecoder().decode(ClaimReply.self, from: Data(body.readableBytesView))
            if reply?.answer == .grant { granted.next() }
          }
        }
      }
      return Times(try await group.reduce(into: []) { $0 += $1 })
    }
    let took = (ContinuousClock.now - start) / .seconds(1)
    let count = granted.value
    FleetBench.say(
      "\(Self.nodes) claims on \(store.rawValue), \(Self.callers) at once: \(Int(Double(count) / took)) slots granted a second, "
        + "\(Self.nodes - count) not granted, p50 \(times.milliseconds(50)) ms, p99 \(times.milliseconds(99)) ms")
    try await client.shutdown()
  }
}
