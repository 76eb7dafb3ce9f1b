import NetworkState
import NetworkSystem

/// The drift from one state to another, with what is needed to tell it.
struct NetworkDiff {
  /// One difference with where it is filed and what a person sees.
  struct Entry {
    var difference: Drift.Difference
    var table: String?
    var `protocol`: String?
    var isProtectedLoss: Bool
  }

  /// Differences of one kind, table and protocol, in the kernel's order.
  struct Group {
    var kind: NetworkObjectKind
    var table: String?
    var `protocol`: String?
    var entries: [Entry]
  }

  var before: NetworkView
  var after: NetworkView
  var drift: Drift
  var entries: [Entry]

  init(from before: NetworkView, to after: NetworkView, expected: ExpectedChurn = .none) {
    self.before = before
    self.after = after
    let drift = Drift(from: before.snapshot, to: after.snapshot, expected: expected)
    self.drift = drift
    let lost = drift.protectedLosses(in: before.snapshot)
    entries = drift.differences.map { difference in
      let (view, place) = difference.before.map { (before, $0) } ?? (after, difference.after ?? 0)
      let placement = view.snapshot.placement(of: difference.kind, at: place)
      return Entry(
        difference: difference, table: (placement?.table).map(view.describer.names.table),
        protocol: (placement?.protocol).map(view.describer.names.protocol),
        isProtectedLoss: lost.contains(difference))
    }
  }

  func count(_ change: Drift.Difference.Change) -> Int { entries.count { $0.difference.change == change } }

  var protectedLossCount: Int { entries.count(where: \.isProtectedLoss) }

  /// The entries that are or are not protected losses, grouped; groups in the order of their first entry.
  func groups(protectedLosses: Bool) -> [Group] {
    var groups: [Group] = []
    var places: [[String?]: Int] = [:]
    for entry in entries where entry.isProtectedLoss == protectedLosses {
      let key = [entry.difference.kind.rawValue, entry.table, entry.protocol]
      if let place = places[key] {
        groups[place].entries.append(entry)
      } else {
        places[key] = groups.count
        groups.append(
          Group(kind: entry.difference.kind, table: entry.table, protocol: entry.protocol, entries: [entry]))
      }
    }
    return groups
  }

  /// What makes the comparison less sure than it looks.
  var notes: [String] {
    var notes: [String] = []
    if let first = before.origin, let second = after.origin {
      if first.host != second.host {
        notes.append("the states are of different hosts: `\(first.host)` and `\(second.host)`")
      } else if first.bootID != second.bootID {
        notes.append("the node was booted in between: links are told apart by their numbers, which may have changed")
      }
    }
    for view in [before, after] where !view.isOfOneInstant {
      notes.append("the network did not come to rest while `\(view.name)` was taken")
    }
    return notes
  }

  /// The object before and after, in the words of `ip -j`.
  func objects(_ entry: Entry) -> (before: DescribedObject?, after: DescribedObject?) {
    let kind = entry.difference.kind
    return (
      entry.difference.before.flatMap { before.object(kind, $0) },
      entry.difference.after.flatMap { after.object(kind, $0) }
    )
  }
}
