import Foundation
import GateEngine
import TestSupport
import Testing

@testable import apt_gate

/// `kill -9` of the hook, the guard, apt and dpkg on a booted node: the next run needs no person, nothing gated got
/// through, and nothing is left that should not be.
@Suite("killed at every step", LabRequirements.trait, .serialized)
struct KillTests {
  /// One accident, as `kill-hook` reads it.
  private struct Case: Encodable {
    var name: String
    var points: [String]
    var package = "net"
    /// `self` is the process of apt-gate that reaches the point.
    var victim = "self"
    /// Whether the update is there afterwards; nil where apt and the guard are side by side.
    var applies: Bool? = false
    /// Whether the update takes routes away by itself.
    var loses = false
    var command: [String]?

    init(_ point: Failpoint, setting: [String] = []) {
      name = point.name
      points = setting + [point.name]
    }
  }

  private static let before: [TransactionStep] = [.recordIntent, .lookBefore, .startGuard, .raiseShield]

  /// How each point there is can be reached.
  private static func ways(to point: Failpoint) -> [Case] {
    var killed = Case(point)
    switch point {
    case .step(.withdraw, _): killed.points.insert("shielded:error", at: 0)
    case .step(.recordVeto, _): killed.package = "held"
    case .step(.restore, _):
      killed.points.insert("guard-watch:kill", at: 0)
      (killed.loses, killed.applies) = (true, true)
      return [killed]
    case .step(let step, _) where before.contains(step): break
    case .step: killed.applies = true
    case .point(let point):
      switch point {
      case .syncRecord, .syncEnact, .syncEnacted, .syncRecorded: killed.command = ["apt-gate", "sync", "--quiet"]
      case .restartIntent, .restartGuard, .restartJob, .restartFinish, .restartRecorded:
        killed.command = ["apt-gate", "restart", "systemd-networkd.service"]
      case .guardWatch, .guardFinish, .postInstall: killed.applies = true
      case .read, .decide, .ledger, .snapshot, .guard, .shield, .shielded, .allow, .allowed: break
      }
    }
    guard killed.command == nil else { return [killed] }
    var orphaned = killed
    orphaned.name += ", apt"
    orphaned.victim = "apt"
    if point == .point(.guardWatch) { orphaned.applies = nil }
    return [killed, orphaned]
  }

  /// So many nodes are tried side by side: each of them waits most of the time, for a guard or for systemd.
  private static let lanes = 3

  @Test("at every named step, and apt at each", .timeLimit(.minutes(30)))
  func failpoints() async throws {
    var cases = Failpoint.all.flatMap(Self.ways)
    var dpkg = Case(.point(.guardWatch))
    (dpkg.name, dpkg.points, dpkg.victim, dpkg.applies) = ("dpkg in a postinst", [], "dpkg", true)
    cases.append(dpkg)
    let report = try await Self.killing("points", at: cases, on: Self.nodes())
    print("killed at \(report.reached) of \(report.tried) named steps")
    #expect(report.problems == [])
    #expect(report.reached == cases.count)
  }

  /// So many system calls are tried unless `APT_GATE_KILL_CALLS` says another number; 0 is all.
  private static let standardCalls = 200

  @Test("at the system calls of the hook", .timeLimit(.minutes(240)))
  func systemCalls() async throws {
    let nodes = try await Self.nodes(programs: ["strace"])
    let list = try await nodes[0].node.shell("kill-hook list")
    let all = try JSONDecoder().decode([SystemCallPoint].self, from: Data(list.utf8))
    let wanted = ProcessInfo.processInfo.environment["APT_GATE_KILL_CALLS"].flatMap { Int($0) } ?? Self.standardCalls
    var seed = Seed("system calls of the hook")
    let shuffled = all.shuffled(using: &seed)
    let chosen = wanted == 0 ? shuffled : Array(shuffled.prefix(wanted))
    let report = try await Self.killing("calls", at: chosen, on: nodes)
    print("killed at \(report.reached) of \(report.tried) system calls tried, of \(all.count) that the hook makes")
    let missed = report.missed.sorted { $0.value > $1.value }.map { "\($0.value) of \($0.key)" }
    if !missed.isEmpty { print("the hook went on at \(missed.joined(separator: ", "))") }
    #expect(report.problems == [])
    #expect(report.tried == chosen.count)
    // See ``KillReport/missed``.
    #expect(report.reached * 10 > report.tried * 8)
  }

  private static func nodes(programs: [String] = []) async throws -> [GatedNode] {
    try await withThrowingTaskGroup(of: GatedNode.self) { group in
      for _ in 0..<lanes {
        group.addTask {
          let gated = try await GatedNode.bootWithPackages(programs)
          try gated.takeTime()
          return gated
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  /// Runs `kill-hook VERB` with `points`, each on one of the nodes.
  private static func killing(
    _ verb: String, at points: [some Encodable & Sendable], on nodes: [GatedNode]
  ) async throws -> KillReport {
    try await withThrowingTaskGroup(of: KillReport.self) { group in
      for (lane, gated) in nodes.enumerated() {
        let share = points.indices.filter { $0 % nodes.count == lane }.map { points[$0] }
        try gated.node.write("/root/points.json", String(decoding: try JSONEncoder().encode(share), as: UTF8.self))
        group.addTask {
          try KillReport(try await gated.node.shell("kill-hook \(verb) /root/points.json", limit: 14000))
        }
      }
      return try await group.reduce(into: KillReport()) { $0.add($1) }
    }
  }
}
