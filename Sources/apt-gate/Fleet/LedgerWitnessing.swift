import CoordinatorAPI
import GateModel
import Ledger
import LedgerLog

/// Offers the node's ledger to the coordinator as a witness, and keeps what it signed.
struct LedgerWitnessing {
  let state: String
  let node: String

  /// - Parameter seen: how many entries the witness has seen; nil if only the node's own record says.
  func offer(seen: Int? = nil) throws -> LedgerOffer? {
    let ledger = try NodeLedger.read(state: state)
    guard let latest = try ledger.checkpoint() else { return nil }
    let from = try seen ?? ledger.witnessedCheckpoint()?.checkpoint.size ?? 0
    // Of a history that is shorter than what was seen there is no proof.
    let proof =
      from > 0 && from < latest.checkpoint.size
      ? try ledger.consistencyProof(from: from, to: latest.checkpoint.size) : []
    return LedgerOffer(
      key: ledger.verifierKey.description, checkpoint: latest.text, from: from, proof: proof.map(\.text))
  }

  /// Keeps the checkpoint that came back signed. How many entries to offer from, if it is to be offered again.
  func took(_ answer: LedgerAnswer?) throws -> Int? {
    switch answer?.state {
    case .cosigned:
      guard let note = answer?.checkpoint, let witness = answer?.witness else { return nil }
      let ledger = try NodeLedger.open(state: state, node: node)
      if try ledger.witnessedCheckpoint()?.text == note { return nil }
      try ledger.keep(witnessed: Array(note.utf8), by: VerifierKey(witness))
      return nil
    case .stale: return answer?.size
    case .refused, .contradicted, nil: return nil
    }
  }
}
