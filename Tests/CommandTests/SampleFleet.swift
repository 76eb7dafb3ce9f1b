import CoordinatorAPI
import GateModel
import Rollout

@testable import apt_gate

/// A rollout and a node as a coordinator tells of them.
enum SampleFleet {
  private static let moment = Timestamp(secondsSinceEpoch: 1_793_000_000)
  private static let note = RolloutNote(by: "alice", reason: "the canary lost a route", at: moment)

  static var rollout: RolloutDocument {
    guard let id = RolloutID("systemd=252.39-1~deb12u1") else { preconditionFailure("a name of a rollout") }
    // swift-format-ignore: NeverForceUnwrap
    var document = RolloutDocument(
      rollout: id, status: .halted, created: moment, note: note,
      rings: [
        RolloutDocument.Ring(
          name: "canary", population: 2, counts: ["failed": 1, "soaked": 1], opened: moment, passed: nil,
          approvals: [note], needed: 2, waits: ["halted by alice"]),
        RolloutDocument.Ring(
          name: "everyone", population: 40, counts: [:], opened: nil, passed: nil, approvals: [], needed: 38,
          waits: ["ring `canary` has not passed"]),
      ])
    let digest = String(repeating: "ab", count: 32)
    document.artifacts = [
      Artifact(name: "udev", architecture: "amd64", version: "252.39-1~deb12u1", sha256: digest)
    ]
    document.journal = [JournalEntry(.nodeFailed, ring: "canary", node: "node-1", note: note)]
    return document
  }

  static var node: FleetNode {
    FleetNode(
      name: "node-1", labels: ["rack": "r1"], seen: moment, problem: "a probe fails", lostLabels: ["role": moment])
  }
}
