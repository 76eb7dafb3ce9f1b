internal import CoordinatorAPI
internal import FleetStore
internal import FoundationEssentials
internal import Rollout
internal import RolloutCoordination

/// Takes a node that is gone for good out of the fleet: its record, what it said of itself and told for reports, and what it
/// holds.
///
/// What it did in rollouts stays, and what the witness has seen of its ledger: who removes a node must not remove evidence
/// (docs/decisions/0025). A node that checks in again is known again.
struct NodeForgetting: Sendable {
  let store: any FleetStore

  func forget(_ name: String) async throws {
    guard FleetNode.isValid(name: name) else { throw Self.unknown(name) }
    let (node, summary, slot) = (FleetKey.node(name), FleetService.summary(name), FleetKey.slot(name))
    for _ in 0..<16 {
      let read = try await store.read([node, summary, slot])
      guard read[node] != nil else { throw Self.unknown(name) }
      try Self.refuse(name, read[slot])
      let said = read[summary].flatMap { try? JSONDecoder().decode(NodeSummary.self, from: Data($0.bytes)) }
      let held = try HeldIndex.writes(of: name, from: said, to: NodeSummary())
      let conditions = [node, summary, slot].map { StoreCondition($0, is: read[$0]?.version) }
      let last: [StoreWrite] = [node, summary, HistoryService.key(name)].map { .delete(key: $0) }
      if try await store.transact(inOrder: HeldIndex.transactions(held, then: last, on: conditions)) { return }
    }
    throw FleetStoreError(.unavailable, "node `\(name)` keeps checking in; end apt-gate on it first")
  }

  /// A slot is counted by the node that has it.
  private static func refuse(_ name: String, _ slot: StoredValue?) throws {
    guard let slot else { return }
    let record = try? JSONDecoder().decode(SlotRecord.self, from: Data(slot.bytes))
    let holders = (record?.holders.keys.sorted() ?? []).map { "`\($0)`" }.joined(separator: ", ")
    throw APIProblem(
      .refused, "node `\(name)` has a slot for \(holders); ask again when it has reported or its time is over")
  }

  private static func unknown(_ name: String) -> APIProblem {
    APIProblem(.notFound, "no node `\(name)` has checked in")
  }
}
