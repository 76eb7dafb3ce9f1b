/// Names that a mistyped one may have meant.
enum NearNames {
  /// How many names are suggested at most: as many as fit in one line.
  static let limit = 3

  /// The names of `known` that are nearest to `name`, nearest first; empty if none is near.
  ///
  /// Near is at most one edit for every three characters, or that the name begins with what was typed.
  static func of(_ name: String, among known: [String]) -> [String] {
    let typed = Array(name.utf8)
    guard !typed.isEmpty else { return [] }
    let bound = max(1, typed.count / 3)
    let ranked = Set(known).compactMap { candidate -> (name: String, rank: Int)? in
      if let edits = edits(from: typed, to: Array(candidate.utf8), atMost: bound) { return (candidate, edits) }
      return candidate.hasPrefix(name) ? (candidate, bound + 1) : nil
    }
    return ranked.sorted { ($0.rank, $0.name) < ($1.rank, $1.name) }.prefix(limit).map(\.name)
  }

  /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment) between two
  /// names; nil if over `bound`.
  static func edits(from left: [UInt8], to right: [UInt8], atMost bound: Int) -> Int? {
    guard abs(left.count - right.count) <= bound else { return nil }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let substitution = last[column] + (left[row] == right[column] ? 0 : 1)
        var best = min(substitution, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      if let nearest = current.min(), nearest > bound { return nil }
      (beforeLast, last) = (last, current)
    }
    guard let edits = last.last, edits <= bound else { return nil }
    return edits
  }
}
