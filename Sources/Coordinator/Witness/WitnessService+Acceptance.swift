internal import CoordinatorAPI
internal import CoordinatorPages
internal import FleetStore
internal import FoundationEssentials
internal import GateModel
internal import LedgerLog

/// What people do about a ledger that contradicts what was seen.
extension WitnessService {
  private struct Accepted: Codable { var key: String }

  private static func acceptedPlace(_ node: String) -> String { "ledgers/accepted/\(node)" }

  /// The key that the node's next ledger must have, where somebody has said so.
  func acceptedKey(of node: String) async throws -> String? {
    try await store.record(Accepted.self, at: Self.acceptedPlace(node))?.value.key
  }

  /// A person has looked: the ledger with `key` is the node's. With the key that was seen the alarm goes, and what was seen
  /// stays; with another one the node begins a new ledger, whose first checkpoint is believed. The evidence stays.
  func accept(_ text: String, of node: String) async throws {
    let key: String
    do {
      key = try VerifierKey(text).description
    } catch {
      throw APIProblem(.invalidRequest, "`key` is no verifier key: \(error)")
    }
    let place = Self.seenKey(node)
    guard let seen = try await store.record(Seen.self, at: place) else {
      throw APIProblem(.notFound, "no checkpoint of node `\(node)` was seen")
    }
    let standingPlace = WitnessRecords.standingKey(node)
    var standing = try await store.record(LedgerStanding.self, at: standingPlace)?.value ?? .unseen
    var writes: [StoreWrite] = [
      .delete(key: WitnessRecords.alarmKey(node)),
      .put(key: Self.acceptedPlace(node), bytes: try Self.bytes(Accepted(key: key))),
    ]
    if seen.value.key == key {
      (standing.state, standing.alarm) = (.consistent, nil)
    } else {
      standing = .unseen
      writes += [
        .delete(key: place),
        // What the former ledger came to stays for who holds it against the node.
        .put(key: "ledgers/former/\(node)/\(seen.version)", bytes: try Self.bytes(seen.value)),
      ]
    }
    writes.append(.put(key: standingPlace, bytes: try Self.bytes(standing)))
    let transaction = StoreTransaction(conditions: [StoreCondition(place, is: seen.version)], writes: writes)
    guard case .committed = try await store.transact(transaction) else {
      throw FleetStoreError(.unavailable, "node `\(node)` showed its ledger at the same moment; ask again")
    }
  }

  /// What contradicts what was seen of a node's ledger, the oldest first.
  func evidence(against node: String) async throws -> [LedgerEvidence] {
    try await store.records(Evidence.self, below: Self.evidenceFolder(node)).map { _, evidence in
      LedgerEvidence(
        at: evidence.at, reason: evidence.reason, seenKey: evidence.seen.key, seen: evidence.seen.checkpoint,
        offeredKey: evidence.key, offered: evidence.offered, proof: evidence.proof)
    }
  }
}
