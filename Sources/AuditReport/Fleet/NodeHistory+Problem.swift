extension NodeHistory {
  /// Why nobody may take it; nil if nothing is wrong.
  public var problem: String? {
    guard schema == Self.schema else { return "it is no `\(Self.schema)`" }
    guard updates.count <= Self.mostUpdates,
      [approvals.count, vetoes.count, transactions.count, restarts.count].allSatisfy({ $0 <= Self.mostRecords })
    else { return "it has over \(Self.mostUpdates) updates, or over \(Self.mostRecords) records of another kind" }
    let known = Set(Exposure.End.words)
    if let other = updates.first(where: { !known.contains($0.state) }) {
      return "an update has the state `\(other.state.prefix(40))`"
    }
    guard entries >= 0, updates.allSatisfy({ ($0.ended == nil) == ($0.state == Exposure.End.open.word) }) else {
      return "`entries` is negative, or an update that goes on has an end"
    }
    return nil
  }
}

extension Exposure.End {
  /// The words of all cases.
  static let words = ["open", "applied", "installed", "superseded", "unclear", "removed", "withdrawn"]
}
