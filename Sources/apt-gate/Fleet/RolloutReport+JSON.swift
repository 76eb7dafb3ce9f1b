import GateModel
import Rollout

extension RolloutReport {
  var json: JSONValue {
    [
      "source": .string(id.source), "version": .string(id.version.text), "status": .string(status.rawValue),
      "created": .string(created.description), "note": note?.json ?? .null, "rings": .array(rings.map(\.json)),
      "waiting": .array(waiting.map(\.json)),
    ]
  }
}

extension RolloutReport.Ring {
  var json: JSONValue {
    [
      "name": .string(name), "state": .string(state.rawValue), "nodes": .number(nodes), "needed": .number(needed),
      "phases": .object(
        phases.sorted { $0.key < $1.key }.map { JSONMember(key: $0.key, value: .number($0.value)) }),
      "opened": .optional(opened?.description), "passed": .optional(passed?.description),
      "approvals": .array(approvals.map(\.json)), "waiting": .array(waiting.map(\.json)),
    ]
  }
}

extension RolloutNote {
  var json: JSONValue { ["by": .string(by), "reason": .string(reason), "at": .string(at.description)] }
}

extension RolloutReport.Wait {
  /// `kind` is for programs, `text` for people; `until` is null where nobody knows.
  var json: JSONValue {
    ["kind": .string(kind), "text": .string(text), "until": .optional(until?.description)]
  }
}

extension JournalEntry {
  var json: JSONValue {
    [
      "kind": .string(kind.rawValue), "ring": .optional(ring), "node": .optional(node), "by": .string(note.by),
      "reason": .string(note.reason), "at": .string(note.at.description),
    ]
  }
}

extension NodeRecord {
  var json: JSONValue {
    [
      "node": .string(node), "ring": .string(ring), "phase": .string(phase.rawValue),
      "since": .string(since.description), "deadline": .optional(deadline?.description),
      "reason": .optional(reason), "by": .optional(by),
      "unproven": .strings((unproven ?? []).map(\.description)),
    ]
  }
}

extension SlotRecord {
  var json: JSONValue {
    [
      "node": .string(node), "ring": .string(ring), "domains": .strings(domains),
      "rollouts": .strings(holders.keys.sorted()),
    ]
  }
}

extension FleetNode {
  var json: JSONValue {
    [
      "name": .string(name),
      "labels": .object(labels.sorted { $0.key < $1.key }.map { JSONMember(key: $0.key, value: .string($0.value)) }),
      "seen": .string(seen.description), "problem": .optional(problem),
      "lostLabels": .strings(lostLabels.keys.sorted()),
    ]
  }
}

extension Artifact {
  var json: JSONValue {
    [
      "name": .string(name), "architecture": .string(architecture), "version": .string(version),
      "sha256": .string(sha256),
    ]
  }
}
