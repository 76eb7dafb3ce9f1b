import CoordinatorAPI
import GateModel
import Rollout

/// What `fleet status`, `rollouts` and `show` print as JSON.
struct FleetRolloutsDocument {
  var rollouts: [RolloutDocument]

  var json: JSONValue {
    ["schema": "apt-gate/fleet-rollouts/1", "rollouts": .array(rollouts.map(Self.json))]
  }

  private static func json(_ rollout: RolloutDocument) -> JSONValue {
    [
      "rollout": .string(rollout.rollout.description), "status": .string(rollout.status.rawValue),
      "created": .string(rollout.created.description), "note": rollout.note.map(note) ?? .null,
      "rings": .array(rollout.rings.map(ring)),
      "artifacts": rollout.artifacts.map { .array($0.map(artifact)) } ?? .null,
      "journal": rollout.journal.map { .array($0.map(entry)) } ?? .null,
    ]
  }

  private static func ring(_ ring: RolloutDocument.Ring) -> JSONValue {
    [
      "name": .string(ring.name), "population": .number(ring.population),
      "counts": .object(
        ring.counts.sorted { $0.key < $1.key }.map { JSONMember(key: $0.key, value: .number($0.value)) }),
      "opened": .optional(ring.opened?.description), "passed": .optional(ring.passed?.description),
      "approvals": .array(ring.approvals.map(note)), "needed": .number(ring.needed), "waits": .strings(ring.waits),
    ]
  }

  private static func note(_ note: RolloutNote) -> JSONValue {
    ["by": .string(note.by), "reason": .string(note.reason), "at": .string(note.at.description)]
  }

  private static func artifact(_ artifact: Artifact) -> JSONValue {
    [
      "name": .string(artifact.name), "architecture": .string(artifact.architecture),
      "version": .string(artifact.version), "sha256": .string(artifact.sha256),
    ]
  }

  private static func entry(_ entry: JournalEntry) -> JSONValue {
    [
      "kind": .string(entry.kind.rawValue), "ring": .optional(entry.ring), "node": .optional(entry.node),
      "note": note(entry.note),
    ]
  }
}

/// What `fleet nodes` prints as JSON.
struct FleetNodesDocument {
  var nodes: [FleetNode]

  var json: JSONValue {
    ["schema": "apt-gate/fleet-nodes/1", "nodes": .array(nodes.map(Self.json))]
  }

  private static func json(_ node: FleetNode) -> JSONValue {
    [
      "name": .string(node.name),
      "labels": .object(
        node.labels.sorted { $0.key < $1.key }.map { JSONMember(key: $0.key, value: .string($0.value)) }),
      "seen": .string(node.seen.description), "problem": .optional(node.problem),
      "lostLabels": .strings(node.lostLabels.keys.sorted()),
    ]
  }
}
