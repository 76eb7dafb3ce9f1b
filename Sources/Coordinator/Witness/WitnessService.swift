internal import CoordinatorAPI
internal import CoordinatorPages
internal import FleetStore
internal import FoundationEssentials
internal import GateModel
internal import LedgerLog
internal import Logging

/// Countersigns the checkpoints of nodes' ledgers, over the store: every coordinator is the same witness.
///
/// Source: C2SP tlog-witness. What was seen is written, by compare-and-set, before a signature leaves. The first checkpoint
/// of a node is believed; from then on its key and its history are fixed, and what contradicts them is kept as evidence
/// until an auditor has looked at it. The witness never forgets by itself.
struct WitnessService: Sendable {
  private static let keyPlace = "ledgers/witness"
  private static let name = "apt-gate-coordinator"
  /// Pieces of evidence that are kept of one node: the first ones.
  private static let mostEvidence = 16

  struct Seen: Codable {
    /// The ledger's verifier key.
    var key: String
    var checkpoint: String
  }

  struct Evidence: Codable {
    var at: Timestamp
    var reason: String
    var key: String
    var seen: Seen
    var offered: String
    var proof: [String]
  }

  private struct Secret: Codable { var key: String }

  let store: any FleetStore

  private static let otherKey =
    "its key is another than before; if the node was installed anew, `apt-gate fleet accept-ledger` takes the new one"

  static func seenKey(_ node: String) -> String { "ledgers/seen/\(node)" }
  static func evidenceFolder(_ node: String) -> String { "ledgers/evidence/\(node)/" }

  /// The witness's key: made by the first coordinator that needs it.
  func key() async throws -> SigningKey {
    if let found = try Self.key(in: try await store.read([Self.keyPlace])) { return found }
    let name = "\(Self.name)/\(Coordinator.Hexadecimal.secret(words: 1))"
    let made = Secret(key: try SigningKey.random(name: name, kind: .cosignature).secretText)
    if case .committed = try await store.replaced(Self.keyPlace, nil, with: made) {
      return try SigningKey(secretText: made.key)
    }
    return try await key()
  }

  /// The witness's key among what was read; nil if none was made yet.
  private static func key(in read: [String: StoredValue]) throws -> SigningKey? {
    try read[keyPlace].map { value in
      try SigningKey(secretText: JSONDecoder().decode(Secret.self, from: Data(value.bytes)).key)
    }
  }

  /// A node shows its last checkpoint.
  func offered(_ offer: LedgerOffer, by node: String, at now: Timestamp, _ logger: Logger) async throws -> LedgerAnswer
  {
    for _ in 0..<8 {
      let read = try await store.read([Self.keyPlace, Self.seenKey(node), WitnessRecords.standingKey(node)])
      let signing: SigningKey
      if let known = try Self.key(in: read) { signing = known } else { signing = try await key() }
      let found = try store.record(Seen.self, at: Self.seenKey(node), in: read)
      if let seen = found?.value, seen.key != offer.key {
        return try await contradicted(offer, seen, by: node, Self.otherKey, at: now, logger)
      }
      if found == nil, let accepted = try await acceptedKey(of: node), accepted != offer.key {
        return LedgerAnswer(.refused, reason: "its key is not the one that was accepted for the node")
      }
      let latest: SignedCheckpoint?
      let proof: [TreeHash]
      var witness: Witness
      do {
        let key = try VerifierKey(offer.key)
        latest = try found.map { try SignedCheckpoint(Array($0.value.checkpoint.utf8), verifiedBy: key) }
        proof = try offer.proof.map { text in
          guard let bytes = Data(base64Encoded: text), let hash = TreeHash(Array(bytes)) else {
            throw LedgerLogError(.proofInvalid, "a hash of the proof is not 32 bytes in base 64")
          }
          return hash
        }
        witness = Witness(ledger: key, key: signing, latest: latest)
      } catch let error as LedgerLogError {
        return LedgerAnswer(.refused, reason: "\(error)")
      }
      switch witness.offered(Array(offer.checkpoint.utf8), oldSize: offer.from, proof: proof, at: now) {
      case .refuse(let error): return LedgerAnswer(.refused, reason: "\(error)")
      case .stale(let size):
        try await behind(offer, size, by: node)
        return LedgerAnswer(.stale, size: size)
      case .raiseAlarm(let evidence):
        let seen = Seen(key: offer.key, checkpoint: evidence.seen.text)
        let (old, new) = (evidence.seen.checkpoint.size, evidence.offered.checkpoint.size)
        let reason =
          evidence.isFork
          ? "two histories of \(new) entries" : "its \(new) entries do not continue the \(old) that were seen"
        return try await contradicted(offer, seen, by: node, reason, at: now, logger)
      case .cosign(let signed):
        // The same once more needs no new signature, and no write.
        if let latest, latest.checkpoint == signed.checkpoint { return answer(latest, signing) }
        if try await keep(signed, read, offer.key, of: node, at: now) { return answer(signed, signing) }
      }
    }
    throw FleetStoreError(.unavailable, "others witness `\(node)` at the same moment; ask again")
  }

  private func answer(_ checkpoint: SignedCheckpoint, _ signing: SigningKey) -> LedgerAnswer {
    LedgerAnswer(
      .cosigned, size: checkpoint.checkpoint.size, checkpoint: checkpoint.text,
      witness: signing.verifierKey.description)
  }

  /// False if another wrote in between.
  private func keep(
    _ signed: SignedCheckpoint, _ read: [String: StoredValue], _ key: String, of node: String, at now: Timestamp
  ) async throws -> Bool {
    let (seen, place) = (Self.seenKey(node), WitnessRecords.standingKey(node))
    let before = try store.record(LedgerStanding.self, at: place, in: read)?.value
    var standing = LedgerStanding(state: .consistent, entries: signed.checkpoint.size, witnessed: now)
    // An alarm stays until somebody has looked at it.
    if let before, before.state == .contradicted { (standing.state, standing.alarm) = (.contradicted, before.alarm) }
    let transaction = StoreTransaction(
      conditions: [seen, place].map { StoreCondition($0, is: read[$0]?.version) },
      writes: [
        .put(key: seen, bytes: try Self.bytes(Seen(key: key, checkpoint: signed.text))),
        .put(key: place, bytes: try Self.bytes(standing)),
      ])
    guard case .committed = try await store.transact(transaction) else { return false }
    return true
  }

  /// A node that shows less than was seen: late, or cut off. It stands so until it shows more.
  private func behind(_ offer: LedgerOffer, _ size: Int, by node: String) async throws {
    guard let shown = try? Checkpoint(text: offer.checkpoint), shown.size < size else { return }
    let place = WitnessRecords.standingKey(node)
    guard let found = try await store.record(LedgerStanding.self, at: place), found.value.state != .contradicted else {
      return
    }
    var standing = found.value
    standing.state = .behind
    standing.alarm = "The node shows \(shown.size) entries, and \(size) were seen."
    guard standing != found.value else { return }
    _ = try await store.replaced(place, found.version, with: standing)
  }

  /// Keeps both, and tells people.
  private func contradicted(
    _ offer: LedgerOffer, _ seen: Seen, by node: String, _ reason: String, at now: Timestamp, _ logger: Logger
  ) async throws -> LedgerAnswer {
    let known = try await store.range(Self.evidenceFolder(node), after: nil, limit: Self.mostEvidence).entries
    let isKnown = try known.contains { entry in
      try JSONDecoder().decode(Evidence.self, from: Data(entry.value.bytes)).offered == offer.checkpoint
    }
    if !isKnown {
      let place = WitnessRecords.standingKey(node)
      var standing =
        try await store.record(LedgerStanding.self, at: place)?.value ?? LedgerStanding(state: .contradicted)
      (standing.state, standing.alarm) = (.contradicted, "The ledger contradicts what was seen: \(reason).")
      var writes: [StoreWrite] = [
        .put(key: place, bytes: try Self.bytes(standing)),
        .put(key: WitnessRecords.alarmKey(node), bytes: Array("\(now): \(reason)".utf8)),
      ]
      if known.count < Self.mostEvidence {
        let evidence = Evidence(
          at: now, reason: reason, key: offer.key, seen: seen, offered: offer.checkpoint, proof: offer.proof)
        writes.append(
          .put(key: Self.evidenceFolder(node) + "\(1000 + known.count)", bytes: try Self.bytes(evidence)))
      }
      _ = try await store.transact(StoreTransaction(writes: writes))
      logger.critical("a ledger contradicts what was seen", metadata: ["node": "\(node)", "reason": "\(reason)"])
    }
    return LedgerAnswer(.contradicted, reason: reason)
  }

  /// For who verifies the node's ledger; nil if none was seen.
  func ledger(of node: String) async throws -> WitnessedLedger? {
    guard let seen = try await store.record(Seen.self, at: Self.seenKey(node))?.value else { return nil }
    let standing = try await WitnessRecords(store: store).standings(of: [node])[node]
    return WitnessedLedger(
      node: node, key: seen.key, checkpoint: seen.checkpoint, witness: try await key().verifierKey.description,
      alarm: standing?.alarm)
  }

  static func bytes(_ record: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(record))
  }
}
