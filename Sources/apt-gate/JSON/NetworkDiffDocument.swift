import GateModel
import NetworkState
import NetworkSystem

/// What `network diff --json` prints. Described by docs/protocols/network-diff.schema.json.
struct NetworkDiffDocument {
  var diff: NetworkDiff

  static let schema = "apt-gate/network-diff/1"

  var json: JSONValue {
    let losses = diff.entries.filter(\.isProtectedLoss)
    let rest = diff.entries.filter { !$0.isProtectedLoss }
    return [
      "schema": .string(Self.schema),
      "from": Self.side(diff.before),
      "to": Self.side(diff.after),
      "counts": [
        "protectedLosses": .number(losses.count),
        "removed": .number(diff.count(.removed)),
        "added": .number(diff.count(.added)),
        "changed": .number(diff.count(.changed)),
        "expected": .number(diff.drift.expectedCount),
      ],
      "differences": .array((losses + rest).map(difference)),
      "notes": .strings(diff.notes),
    ]
  }

  private static func side(_ view: NetworkView) -> JSONValue {
    [
      "name": .string(view.name),
      "time": .optional(view.manifest?.time),
      "host": .optional(view.origin?.host),
      "bootID": .optional(view.origin?.bootID),
      "why": .optional(view.manifest?.why),
    ]
  }

  private func difference(_ entry: NetworkDiff.Entry) -> JSONValue {
    let objects = diff.objects(entry)
    return [
      "kind": .string(entry.difference.kind.rawValue),
      "change": .string(entry.difference.change.rawValue),
      "protectedLoss": .bool(entry.isProtectedLoss),
      "table": .optional(entry.table),
      "protocol": .optional(entry.protocol),
      "before": objects.before?.json ?? .null,
      "after": objects.after?.json ?? .null,
    ]
  }
}
