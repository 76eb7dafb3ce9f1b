internal import AuditReport
internal import Crypto
internal import FleetStore
internal import FoundationEssentials
internal import GateModel

/// What people did through the coordinator, each record with the digest of the one before: who changes one in the store
/// has to change all after it, and the head.
struct AuditTrail: Sendable {
  private struct Head: Codable {
    var count: Int
    /// SHA-256 of the last record's bytes, in hexadecimal.
    var digest: String
  }

  private struct Record: Codable {
    var number: Int
    var time: Timestamp
    var by: String
    var what: String
    var about: String
    var reason: String
    var previous: String
  }

  private static let head = "audit/head"
  private static let entries = "audit/entry/"

  let store: any FleetStore

  private static func key(_ number: Int) -> String {
    let digits = String(number)
    return entries + String(repeating: "0", count: max(0, 12 - digits.count)) + digits
  }

  /// Adds a record. Several coordinators may do so at once.
  func append(_ what: String, _ about: String, by person: String, reason: String, at now: Timestamp) async throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    for attempt in 0..<32 {
      let found = try await store.record(Head.self, at: Self.head)
      let number = (found?.value.count ?? 0) + 1
      let record = Record(
        number: number, time: now, by: person, what: what, about: about, reason: reason,
        previous: found?.value.digest ?? "")
      let bytes = Array(try encoder.encode(record))
      let head = Array(try encoder.encode(Head(count: number, digest: Self.digest(bytes))))
      let transaction = StoreTransaction(
        conditions: [StoreCondition(Self.head, is: found?.version)],
        writes: [.put(key: Self.head, bytes: head), .put(key: Self.key(number), bytes: bytes)])
      if case .committed = try await store.transact(transaction) { return }
      try await Task.sleep(for: .milliseconds(Int.random(in: 0...min(2 << attempt, 50))))
    }
    throw FleetStoreError(.unavailable, "too many write the audit log at once")
  }

  /// Records before number `before`, the newest first, each checked against the one after it; and the head.
  func page(before: Int?, limit: Int) async throws -> (deeds: [FleetDeed], count: Int, digest: String) {
    guard let head = try await store.record(Head.self, at: Self.head)?.value else { return ([], 0, "") }
    let last = min(head.count, (before ?? .max) - 1)
    let first = max(1, last - limit + 1)
    guard first <= last else { return ([], head.count, head.digest) }
    // One more, which says what the last of them was.
    let page = try await store.range(Self.entries, after: Self.key(first - 1), limit: last - first + 2)
    let found = Dictionary(page.entries.map { ($0.key, $0.value.bytes) }, uniquingKeysWith: { one, _ in one })
    let deeds = (first...last).reversed().map { number -> FleetDeed in
      let bytes = found[Self.key(number)]
      let expected = number == head.count ? head.digest : found[Self.key(number + 1)].flatMap(Self.record)?.previous
      return Self.deed(number, bytes, expected: expected)
    }
    return (deeds, head.count, head.digest)
  }

  private static func deed(_ number: Int, _ bytes: [UInt8]?, expected: String?) -> FleetDeed {
    guard let bytes, let record = record(bytes) else {
      let lost = Timestamp(secondsSinceEpoch: 0)
      return FleetDeed(number: number, time: lost, by: "", what: "missing", about: "", reason: "", isIntact: false)
    }
    return FleetDeed(
      number: number, time: record.time, by: record.by, what: record.what, about: record.about, reason: record.reason,
      isIntact: record.number == number && digest(bytes) == expected)
  }

  private static func record(_ bytes: [UInt8]) -> Record? { try? JSONDecoder().decode(Record.self, from: Data(bytes)) }

  private static func digest(_ bytes: [UInt8]) -> String { Hexadecimal.text(SHA256.hash(data: Data(bytes))) }
}
