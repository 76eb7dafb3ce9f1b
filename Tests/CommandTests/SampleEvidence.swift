import CoordinatorAPI
import GateModel

/// Two checkpoints that contradict each other.
enum SampleEvidence {
  static let list = list("text")

  static func list(_ text: String) -> LedgerEvidenceList {
    LedgerEvidenceList(
      ledger: WitnessedLedger(node: text, key: text, checkpoint: text, witness: text, alarm: text),
      evidence: [
        LedgerEvidence(
          at: Timestamp(secondsSinceEpoch: 0), reason: text, seenKey: text, seen: text, offeredKey: text,
          offered: text, proof: [text])
      ])
  }
}
