import AuditReport
import Coordinator
import CoordinatorAPI
import FleetStore
import FleetStoreSQLite
import FleetSupport
import Foundation
import GateModel
import Rollout
import RolloutCoordination

/// How long `apt-gate report --coordinator` takes over a fleet of many nodes and 90 days: the real programs, TLS on loopback,
/// SQLite.
struct FleetReportBench {
  let coordinator: String
  let gate: String
  let nodes: Int

  func run() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "report-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try SQLiteFleetStore(path: folder.appending(path: "fleet.db").path, deadline: .seconds(60))
    let bytes = try await fill(store)
    print(
      "\(nodes) nodes, \(BenchHistory.days) days: histories of \(bytes >> 20) MiB, \(bytes / nodes / 1024) KiB each")
    let now = Timestamp(secondsSinceEpoch: Int64(Date.now.timeIntervalSince1970))
    let token = try await TokenStore(store).create(name: "auditor", roles: [.auditor], expires: nil, at: now)
    let file = folder.appending(path: "token").path
    try token.text.write(toFile: file, atomically: true, encoding: .utf8)
    let authority = try TestAuthority(in: folder)
    let own = try authority.issue("coordinator")
    let port = try LoopbackPort.free(1)[0]
    let process = try CoordinatorProcess(
      program: coordinator, name: "coordinator", port: port,
      settings: """
        apiVersion: coordinator/v1
        listen: "127.0.0.1:\(port)"
        tls: {certificate: \(own.certificate), key: \(own.key), clientAuthorities: \(authority.certificate)}
        store: {sqlite: \(folder.path)/fleet.db}
        """, folder: folder)
    try process.start()
    try await process.waitUntilUp()
    let connection = [
      "--coordinator", "https://127.0.0.1:\(port)", "--trust", authority.certificate, "--token-file", file,
    ]
    for format in ["html", "json", "md", "csv"] {
      let output = folder.appending(path: "report.\(format)").path
      let words = ["report", "--since", "\(BenchHistory.start)", "--output", output] + connection
      var runs: [Run] = []
      for _ in 0..<3 { runs.append(try run(words, process)) }
      let run = runs.sorted { $0.wall < $1.wall }[1]
      let size = (try FileManager.default.attributesOfItem(atPath: output)[.size] as? Int) ?? 0
      print(
        "fleet report as \(format): \(run.wall) s, the median of 3; aim: 10 s; "
          + "\(run.gate) s of processor time, and the coordinator's \(run.coordinator) s; \(size / 1024) KiB")
    }
    print("memory: `apt-gate report` \(Memory.mostOfChildren) MiB, the coordinator \(memory(of: process)) MiB at most")
    process.kill()
  }

  /// Seconds of one report, and of processor time that it took.
  private struct Run {
    var (wall, gate, coordinator) = (0.0, 0.0, 0.0)
  }

  private func run(_ words: [String], _ coordinator: CoordinatorProcess) throws -> Run {
    let process = Process()
    process.executableURL = URL(filePath: gate)
    process.arguments = words
    let before = (ProcessorTime.ofChildren, ProcessorTime.of(coordinator.processIdentifier))
    let time = try ContinuousClock().measure {
      try process.run()
      process.waitUntilExit()
    }
    guard process.terminationStatus == 0 else {
      throw ProcessProblem("the report ended with \(process.terminationStatus)")
    }
    func rounded(_ seconds: Double) -> Double { (seconds * 100).rounded() / 100 }
    return Run(
      wall: rounded(time / .seconds(1)), gate: rounded(ProcessorTime.ofChildren - before.0),
      coordinator: rounded(ProcessorTime.of(coordinator.processIdentifier) - before.1))
  }

  private func memory(of process: CoordinatorProcess) -> Int {
    let path = "/proc/\(process.processIdentifier ?? 0)/status"
    let line = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n").first {
      $0.hasPrefix("VmHWM")
    }
    return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
  }

  /// Gives how many bytes the histories have.
  private func fill(_ store: SQLiteFleetStore) async throws -> Int {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var size = 0
    var writes: [StoreWrite] = []
    for number in 0..<nodes {
      let name = "node-\(1_000_000 + number)"
      let node = FleetNode(name: name, labels: ["role": "rest"], seen: BenchHistory.end)
      let history = Array(try encoder.encode(BenchHistory(node: number).history))
      let standing = "{\"state\":\"consistent\",\"entries\":4000,\"witnessed\":\"\(BenchHistory.end)\"}"
      size += history.count
      writes += [
        .put(key: FleetKey.node(name), bytes: Array(try encoder.encode(node))),
        .put(key: "histories/\(name)", bytes: history),
        .put(key: "ledgers/standing/\(name)", bytes: Array(standing.utf8)),
      ]
      if writes.count >= 60 || number == nodes - 1 {
        _ = try await store.transact(StoreTransaction(writes: writes))
        writes = []
      }
    }
    return size
  }
}
