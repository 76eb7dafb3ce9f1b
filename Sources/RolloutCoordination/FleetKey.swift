internal import GateModel
public import Rollout

/// Under which key each record lies. Values are JSON of the type that is named.
///
/// No part of a key has a `/`: names of nodes are checked by ``FleetNode/isValid(name:)``, ids of rollouts by
/// ``RolloutID``.
public enum FleetKey {
  /// The fleet's configuration, as YAML text.
  public static let configuration = "configuration"
  /// ``SlotBook``
  public static let book = "slots/book"
  /// ``SlotRecord``
  public static let slots = "slots/node/"
  /// ``FleetNode``
  public static let nodes = "nodes/"
  /// ``CountedFleet``
  public static let counted = "nodes-counted"
  /// ``RolloutHead``
  public static let heads = "rollouts/head/"
  /// Rollouts that are not over, which every check-in asks for: nothing in it but the key.
  public static let active = "rollouts/active/"

  public static func slot(_ node: String) -> String { slots + node }
  public static func node(_ node: String) -> String { nodes + node }
  public static func head(_ id: RolloutID) -> String { heads + id.description }
  public static func active(_ id: RolloutID) -> String { active + id.description }
  /// The rollouts of one source.
  public static func heads(of source: String) -> String { heads + source + "=" }

  /// ``ArtifactSet``
  public static func artifacts(_ id: RolloutID) -> String { "rollouts/artifacts/\(id)" }

  /// ``NodeRecord``
  public static func members(_ id: RolloutID) -> String { "rollouts/node/\(id)/" }
  public static func member(_ id: RolloutID, _ node: String) -> String { members(id) + node }

  /// Nodes of all rollouts that must report, by when they must: nothing in it but the key.
  public static let due = "rollouts/due/"
  public static func due(_ id: RolloutID, _ record: NodeRecord) -> String? {
    record.deadline.map { due + "\(sortable($0))/\(id)/\(record.node)" }
  }

  /// ``JournalEntry``, in order.
  public static func journal(_ id: RolloutID) -> String { "rollouts/journal/\(id)/" }
  public static func journal(_ id: RolloutID, _ number: Int) -> String { journal(id) + padded(Int64(number), to: 8) }

  /// What a key under ``due`` says.
  static func dueParts(_ key: String) -> (deadline: Timestamp, id: RolloutID, node: String)? {
    let parts = key.dropFirst(due.count).split(separator: "/")
    guard parts.count == 3, let seconds = Int64(parts[0]), let id = RolloutID(String(parts[1])) else { return nil }
    return (Timestamp(secondsSinceEpoch: seconds), id, String(parts[2]))
  }

  /// Twelve digits: the order of the keys is that of the moments, from 1970 for 30,000 years.
  private static func sortable(_ moment: Timestamp) -> String { padded(max(0, moment.secondsSinceEpoch), to: 12) }

  private static func padded(_ number: Int64, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
