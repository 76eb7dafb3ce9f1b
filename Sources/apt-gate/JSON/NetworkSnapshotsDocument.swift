import GateModel
import NetworkState
import NetworkSystem

/// What `network snapshot --json` prints. Described by docs/protocols/network-snapshots.schema.json.
struct NetworkSnapshotsDocument {
  /// Where they are.
  var folder: String
  /// Those listed, or the one that was taken.
  var snapshots: [SnapshotManifest]
  /// Ids of those that were removed to stay within the limits.
  var removed: [String]
  var isListing: Bool

  static let schema = "apt-gate/network-snapshots/1"

  var json: JSONValue {
    [
      "schema": .string(Self.schema),
      "folder": .string(folder),
      "snapshots": .array(snapshots.map { $0.json(folder: folder) }),
      "removed": .strings(removed),
    ]
  }
}

extension SnapshotManifest {
  /// A stored snapshot. `folder` is the one that it is in.
  func json(folder: String?) -> JSONValue {
    [
      "id": .string(id),
      "path": .optional(folder.map { "\($0)/\(id)" }),
      "time": .string(time),
      "host": .string(host),
      "bootID": .string(bootID),
      "kernel": .string(kernel),
      "why": .string(why),
      "isOfOneInstant": .bool(isOfOneInstant),
      "bytes": .number(byteCount),
      "counts": .object(
        NetworkObjectKind.allCases.map { JSONMember(key: $0.plural, value: .number(count(of: $0))) }),
    ]
  }
}
