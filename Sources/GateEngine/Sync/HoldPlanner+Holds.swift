import GateModel

extension HoldPlanner {
  /// What must be held as far as is known, sorted by source.
  var holds: [Hold] {
    let own = Dictionary(grouping: decided.filter(\.verdict.isHeld), by: \.change.source).values.compactMap(own)
    let sources = Set(own.map(\.source))
    let others = companions.compactMap { source, blockers in
      sources.contains(source) ? nil : companion(source, heldBy: blockers)
    }
    return (own + others).filter { !$0.versions.isEmpty }.sorted { $0.source < $1.source }
  }

  /// The hold of a source by the strictest of its decisions.
  private func own(_ changes: [CheckedChange]) -> Hold? {
    changes.max { $0.verdict < $1.verdict }.map { hold($0, versions: changes.flatMap { versions(of: $0.change) }) }
  }

  private func companion(_ source: String, heldBy blockers: [String]) -> Hold? {
    let changes = decided.filter { $0.change.source == source }
    guard let first = changes.first else { return nil }
    var hold = hold(first, versions: changes.flatMap { versions(of: $0.change) })
    let names = blockers.map { "`\($0)`" }.joined(separator: ", ")
    hold.message = "it must move together with \(names), and that is held"
    hold.clearsWhen = "\(names) is let through"
    hold.heldBy = blockers
    return hold
  }

  private func hold(_ checked: CheckedChange, versions: [PackageVersion]) -> Hold {
    let decision = checked.decision
    let source = checked.change.source
    let held = Set(versions)
    return Hold(
      source: source, versions: held.sorted { $0.text < $1.text }, verdict: decision.verdict,
      decidedBy: decision.decidedBy, message: decision.message, clearsWhen: decision.clearsWhen,
      since: previous.first { $0.source == source && !held.isDisjoint(with: $0.versions) }?.since ?? now)
  }

  /// The versions that `change` brings, and those of the same source that apt keeps back for the moment.
  private func versions(of change: Change) -> [PackageVersion] {
    let versions = change.binaries.compactMap(\.to)
    let kept = unheld?.keptBack.filter { $0.source == change.source }.map(\.to) ?? []
    return versions.isEmpty ? [] : versions + kept
  }

  /// Packages that `pending` would remove and that must stay: only holds would have them removed, or their removal is
  /// itself held.
  func threatened(in pending: PendingChanges) -> Set<BinaryPackage> {
    let held = Set(decided.filter(\.verdict.isHeld).flatMap(\.change.removals))
    let expected = Set(unheld?.changes.flatMap(\.removals) ?? []).subtracting(held)
    return Set(pending.changes.flatMap(\.removals)).subtracting(expected)
  }

  /// The held sources that keep `change` back: those that apt names, or else all that are held by a decision.
  func blockers(of change: Change, in pending: PendingChanges) -> [String] {
    let named = Set(
      pending.keptBack.filter { $0.source == change.source }.flatMap { package -> [String] in
        guard case .dependencies(let obstacles) = package.reason else { return [] }
        return obstacles.flatMap { $0.inTheWay + $0.relatedNames }
      })
    let held = Set(holds.map(\.source)).union(decided.filter(\.verdict.isHeld).map(\.change.source))
    let sources = decided.map(\.change).filter { other in
      other.source != change.source && held.contains(other.source)
        && other.binaries.contains { named.contains($0.name) }
    }.map(\.source)
    let others = sources.isEmpty ? decided.filter(\.verdict.isHeld).map(\.change.source) : sources
    return Set(others).sorted()
  }
}

extension DependencyObstacle {
  /// The packages that the relation names: `Depends: a (= 1) | b` names `a` and `b`.
  fileprivate var relatedNames: [String] {
    let relations = relation.firstRange(of: ": ").map { relation[$0.upperBound...] } ?? relation[...]
    return relations.split(separator: "|").compactMap { alternative in
      alternative.split { " (:,".contains($0) }.first.map(String.init)
    }
  }
}
