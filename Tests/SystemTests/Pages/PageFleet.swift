import Foundation
import Testing

/// A coordinator with a small fleet, as it is installed: three nodes in two rings, a rollout that its canaries have, things
/// that are held, and a node that lost routes.
final class PageFleet {
  let url: String
  /// Of a person who is operator, approver and auditor.
  let token: String
  private let folder: ScratchFolder
  private let program: String
  private let configuration: String
  private let server = Process()

  private static let version = "252.39-1~deb12u1"

  init() throws {
    folder = try ScratchFolder()
    program = try Self.findProgram()
    let port = 20_000 + Int.random(in: 0..<10_000)
    url = "http://127.0.0.1:\(port)"
    configuration = folder.path + "/coordinator.yaml"
    try """
    apiVersion: coordinator/v1
    listen: "127.0.0.1:\(port)"
    store: {sqlite: \(folder.path)/fleet.db}
    """.write(toFile: configuration, atomically: true, encoding: .utf8)
    token = try Self.token("olga", ["operator", "approver", "auditor"], program, configuration)
    server.executableURL = URL(filePath: program)
    server.arguments = ["serve", "--config", configuration, "--log-level", "error"]
    try server.run()
    try awaitServer()
    try fill()
  }

  deinit {
    server.terminate()
    server.waitUntilExit()
  }

  private static func findProgram() throws -> String {
    let path = LabFolder.program.deletingLastPathComponent().appending(path: "apt-gate-coordinator").path
    try #require(FileManager.default.isExecutableFile(atPath: path), "\(path) is not built")
    return path
  }

  private static func token(_ name: String, _ roles: [String], _ program: String, _ configuration: String) throws
    -> String
  {
    let words = roles.flatMap { ["--role", $0] }
    let answer = try Browser.run([program, "token", "create", "--config", configuration] + words + [name])
    try #require(answer.status == 0, "\(answer.error)")
    return answer.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func awaitServer() throws {
    for _ in 0..<600 {
      if try Browser.run(["/usr/bin/env", "curl", "-sf", "-m", "2", "-o", "/dev/null", url + "/healthz"]).status == 0 {
        return
      }
      Thread.sleep(forTimeInterval: 0.1)
    }
    throw Browser.Failure(message: "the coordinator does not answer")
  }

  @discardableResult
  private func ask(_ method: String, _ path: String, _ token: String, _ message: [String: Any]) throws -> [String: Any]
  {
    let body = folder.path + "/body.json"
    try JSONSerialization.data(withJSONObject: message).write(to: URL(filePath: body))
    let answer = try Browser.run([
      "/usr/bin/env", "curl", "-sS", "--fail-with-body", "-m", "30", "-X", method, "-H",
      "Authorization: Bearer \(token)",
      "--data-binary", "@\(body)", url + path,
    ])
    try #require(answer.status == 0, "\(method) \(path): \(answer.output) \(answer.error)")
    guard !answer.output.isEmpty else { return [:] }
    return try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any] ?? [:]
  }

  private func fill() throws {
    let plan = """
      apiVersion: apt-gate-fleet/v1
      groups:
        - {name: canaries, labels: {tier: canary}}
        - {name: others, labels: {tier: rest}}
      rings:
        - {name: canary, groups: [canaries], slots: 2, soak: 1h}
        - {name: rest, groups: [others], slots: 1, approvals: 2}
      """
    try ask("PUT", "/v1/fleet/configuration", token, ["text": plan, "reason": "a test"])
    for (name, tier) in [("can-01", "canary"), ("can-02", "canary"), ("rest-01", "rest")] {
      let own = try Self.token(name, ["node"], program, configuration)
      try ask(
        "POST", "/v1/node/check-in", own, ["labels": ["tier": tier], "rollouts": [], "summary": Self.summary(of: name)])
      if tier == "canary" { try apply(own) }
    }
  }

  private func apply(_ token: String) throws {
    let rollout = "systemd=\(Self.version)"
    let artifact = [
      "name": "systemd", "architecture": "amd64", "version": Self.version, "sha256": String(repeating: "a", count: 64),
    ]
    let answer = try ask("POST", "/v1/node/claims", token, ["rollout": rollout, "artifacts": [artifact]])
    let grant = try #require((answer["grant"] as? [String: Any])?["token"] as? Int)
    try ask("POST", "/v1/node/confirmations", token, ["rollout": rollout, "token": grant])
    try ask("POST", "/v1/node/reports", token, ["rollout": rollout, "token": grant, "outcome": "healthy"])
  }

  private static func summary(of node: String) -> [String: Any] {
    let since = "2026-11-01T08:00:00Z"
    let decisions: [[String: Any]] = [
      [
        "source": "systemd", "from": "252.38-1~deb12u1", "to": version, "verdict": "stage",
        "rules": ["networkd-restart/restart-deletes-routes"], "message": "restarts systemd-networkd", "security": true,
        "cves": ["CVE-2025-4598"], "responsible": ["platform"], "decided": since,
        "effects": [
          [
            "kind": "restart", "unit": "systemd-networkd.service", "verb": "try-restart", "certainty": "certain",
            "basis": "candidate",
          ]
        ],
      ],
      [
        "source": "containerd", "from": "1.6.20~ds1-1", "to": "1.6.36~ds1-1", "verdict": "hold",
        "rules": ["runtime/by-hand"], "message": "is updated by hand", "responsible": [], "decided": since,
      ],
    ]
    let held = decisions.map { decision -> [String: Any] in
      [
        "source": decision["source"] ?? "", "version": decision["to"] ?? "", "verdict": decision["verdict"] ?? "",
        "message": decision["message"] ?? "", "since": since,
      ]
    }
    let objects = [
      "route 10.244.1.0/24 dev vxlan0", "route 10.244.2.0/24 dev vxlan0", "rule 512: from all lookup 2004",
    ]
    let run: [String: Any] = [
      "id": "20261101T080000Z-1", "began": since, "ended": since, "result": "failed",
      "subjects": ["systemd 252.38-1~deb12u1 → \(version)"],
      "network": ["lost": 3, "restored": 2, "missing": 1, "objects": objects, "missingObjects": [objects[2]]],
    ]
    let owed: [[String: Any]] = [["unit": "systemd-networkd.service", "since": since, "sources": ["systemd"]]]
    let account: [String: Any] = [
      "decisions": decisions, "transactions": node == "can-02" ? [run] : [],
      "owedRestarts": node == "can-01" ? owed : [],
    ]
    return [
      "gate": "0.1.0", "distribution": "debian", "release": "12", "architecture": "amd64", "kernel": "6.1.0-41-amd64",
      "held": held, "owedRestarts": node == "can-01" ? ["systemd-networkd.service"] : [], "account": account,
    ]
  }
}
