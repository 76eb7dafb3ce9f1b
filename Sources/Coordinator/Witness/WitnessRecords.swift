internal import CoordinatorPages
internal import FleetStore
internal import FoundationEssentials
internal import GateModel

/// What the witness keeps for people to read: how each ledger stands, and which ones contradict what was seen.
struct WitnessRecords: Sendable {
  private static let standing = "ledgers/standing/"
  /// Nodes with an alarm, so that they are found among many.
  private static let alarm = "ledgers/alarm/"

  let store: any FleetStore

  static func standingKey(_ node: String) -> String { standing + node }
  static func alarmKey(_ node: String) -> String { alarm + node }

  /// Of those nodes whose ledger a checkpoint was seen of.
  func standings(of nodes: [String]) async throws -> [String: LedgerStanding] {
    guard !nodes.isEmpty else { return [:] }
    let read = try await store.read(nodes.map(Self.standingKey))
    var standings: [String: LedgerStanding] = [:]
    for node in nodes {
      guard let value = read[Self.standingKey(node)] else { continue }
      standings[node] = try JSONDecoder().decode(LedgerStanding.self, from: Data(value.bytes))
    }
    return standings
  }

  /// Those of nodes with names from one to another; nil if there is none.
  func alarms(after first: String?, until last: String?) async throws -> [String: String]? {
    guard let last else { return nil }
    let page = try await store.range(Self.alarm, after: first.map(Self.alarmKey), limit: StoreLimit.largestPage)
    let found = page.entries.prefix { $0.key <= Self.alarmKey(last) }.map { entry in
      (String(entry.key.dropFirst(Self.alarm.count)), String(decoding: entry.value.bytes, as: UTF8.self))
    }
    return found.isEmpty ? nil : Dictionary(found) { one, _ in one }
  }

  /// Nodes whose ledgers contradict what was seen, by name, with what does.
  func alarms(limit: Int) async throws -> [(node: String, text: String)] {
    let page = try await store.range(Self.alarm, after: nil, limit: limit)
    return page.entries.map { entry in
      (String(entry.key.dropFirst(Self.alarm.count)), String(decoding: entry.value.bytes, as: UTF8.self))
    }
  }
}
