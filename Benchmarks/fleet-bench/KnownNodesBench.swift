import AsyncHTTPClient
import Coordinator
import CoordinatorAPI
import FleetStore
import FleetSupport
import Foundation
import GateModel
import NIOCore
import Rollout
import RolloutCoordination
import Synchronization

/// 100,000 nodes are known, and ten rollouts go on: what the coordinator needs, and how long an operator waits.
struct KnownNodesBench {
  static let nodes = 100_000

  let fleet: BenchFleet

  func run() async throws {
    let secret = Mutex("")
    let running = try await fleet.start(.sqlite, name: "known") { store in
      try await BenchFleet.know((0..<Self.nodes).map { BenchFleet.node($0) }, in: store)
      let now = Timestamp(secondsSinceEpoch: Int64(Date.now.timeIntervalSince1970))
      let made = try await TokenStore(store).create(name: "viewer", roles: [.viewer, .node], expires: nil, at: now)
      secret.withLock { $0 = made.text }
    }
    defer { running.stop() }
    let token = secret.withLock { $0 }
    let client = try running.client(connections: 1)
    let checkIn = CheckInRequest(labels: ["role": "canary"], summary: BenchFleet.summary)
    _ = try await client.execute(
      running.request("/v1/node/check-in", token: token, body: checkIn), timeout: .seconds(60))
    // A coordinator counts the fleet when it starts, and every minute from then on.
    let counting = try await ContinuousClock().measure {
      while try await running.store.get(FleetKey.counted) == nil { try await Task.sleep(for: .milliseconds(50)) }
    }
    FleetBench.say("counting \(Self.nodes) nodes, beside what else goes on: up to \(counting.seconds) s")
    for number in 1...10 {
      guard let id = RolloutID(source: "source-\(number)", version: "1.\(number)") else { continue }
      let artifact = Artifact(
        name: id.source, architecture: "amd64", version: id.version.text, sha256: String(repeating: "a", count: 64))
      let claim = ClaimRequest(rollout: id, artifacts: [artifact])
      let time = try await ContinuousClock().measure {
        _ = try await client.execute(
          running.request("/v1/node/claims", token: token, body: claim), timeout: .seconds(120)
        ).body.collect(upTo: 1 << 20)
      }
      if number == 1 { FleetBench.say("the first claim of a version, which begins its rollout: \(time.seconds) s") }
    }
    try await client.shutdown()
    let file = running.process.configuration + ".token"
    try token.write(toFile: file, atomically: true, encoding: .utf8)
    let options = ["--coordinator", running.url, "--trust", running.authority.certificate, "--token-file", file]
    for words in [["fleet", "status"], ["fleet", "rollouts"], ["fleet", "nodes", "--json"], ["fleet", "simulate"]] {
      let times = try (0..<(words.contains("status") ? 5 : 1)).map { _ in try time(words + options) }
      let aim = words.contains("status") ? "; aim: 1 s" : ""
      FleetBench.say(
        "`apt-gate \(words.joined(separator: " "))`, \(Self.nodes) nodes: \(Times(times).milliseconds(50)) ms\(aim)")
    }
    FleetBench.say(
      "memory of the coordinator with \(Self.nodes) known nodes: \(memory(of: running.process.processIdentifier))")
  }

  private func time(_ words: [String]) throws -> Duration {
    let process = Process()
    process.executableURL = URL(filePath: fleet.gate)
    process.arguments = words
    process.standardOutput = FileHandle.nullDevice
    return try ContinuousClock().measure {
      try process.run()
      process.waitUntilExit()
    }
  }

  /// What it has now, and the most that it had.
  private func memory(of process: pid_t?) -> String {
    guard let process, let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else {
      return "unknown"
    }
    func megabytes(_ key: String) -> String {
      let line = status.split(separator: "\n").first { $0.hasPrefix(key) } ?? ""
      let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
      return "\(kibibytes / 1024) MiB"
    }
    return "\(megabytes("VmRSS")), \(megabytes("VmHWM")) at most"
  }
}
