import GateEngine
import GateModel

extension CheckedChange {
  static func sample(
    _ source: String, _ verdict: Verdict, gatedBy: [String] = [], units: [String] = [], effects: [Effect] = []
  ) -> CheckedChange {
    CheckedChange(
      assessed: AssessedChange(
        change: .upgrade(source), effects: effects,
        decision: Decision(
          verdict: verdict, decidedBy: ["rule"], message: "because", clearsWhen: "later", gatedBy: gatedBy,
          shieldedUnits: units)),
      basis: .candidate)
  }

  /// Nothing gates it.
  static let plain = sample("plain", .allow)
  /// Gated, allowed, and without effects on the network.
  static let gated = sample("gated", .allow, gatedBy: ["policy"])
  /// systemd as the shipped policies see it.
  static let systemd = sample(
    "systemd", .shield, gatedBy: ["systemd"], units: ["systemd-networkd.service"], effects: [.networkdRestart])
  static let held = sample("held", .hold, gatedBy: ["policy"])
  /// Nothing gates it, and it restarts networkd.
  static let restarting = sample("restarting", .allow, effects: [.networkdRestart])
}

extension Effect {
  static let networkdRestart = Effect(
    kind: .restart, unit: "systemd-networkd.service", verb: "try-restart", certainty: .certain,
    evidence: Evidence(basis: .candidate, file: "systemd.postinst", line: 1), package: "systemd")
}
