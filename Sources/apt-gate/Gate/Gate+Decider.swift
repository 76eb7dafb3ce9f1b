import AptSystem
import GateModel
import Policy

extension Gate {
  /// Decides as all of apt-gate does on this node, `check`, `sync`, the hooks and `restart`: by the network as it is, and
  /// by what the ledger below `state` and the pins remember.
  ///
  /// What cannot be read is not known, and rules that need it fire. Without `state` nothing is remembered.
  func decider(
    _ policies: PoliciesInForce, state: String?, explaining: Bool = false, capturing: Bool = false
  ) throws -> RecordedDecider {
    let now = Timestamp.now
    let holds = (try? AptHoldStore(store: PinStore(collector: collector)).holds()) ?? []
    let recall = LedgerRecall(
      state: state, holds: holds, policyDigest: policies.digest, now: now)
    let base = FactsDecider(
      policies: policies.set, node: policies.set.asksForGroups ? nil : node.facts, now: now, memory: recall.memory,
      isExplaining: explaining, network: network, isCapturing: capturing)
    return RecordedDecider(
      base: base, approvals: recall.approvals, policyDigest: policies.digest, recall: recall,
      gatedBefore: policies.isReadable ? nil : recall)
  }
}
