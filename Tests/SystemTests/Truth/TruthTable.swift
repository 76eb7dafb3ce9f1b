/// The outcome of the comparison, a row a package, and its print.
struct TruthTable {
  struct Row {
    var package: String
    var version: String
    var runs = 0
    var recorded = 0
    var matched = 0
    var onlyUnknown = 0
    var inside = 0
    var missing = 0
    var falseCertain = 0
    /// Effects of kind `unknown`: what the analysis could not resolve.
    var unresolved = 0
    var slowest: Duration = .zero

    mutating func add(_ comparison: ScriptComparison) {
      runs += 1
      recorded += comparison.recorded
      matched += comparison.matched
      onlyUnknown += comparison.matchedOnlyByUnknown
      inside += comparison.insideClaimedTool
      missing += comparison.differences.filter { $0.kind == .missing }.count
      falseCertain += comparison.differences.filter { $0.kind == .falseCertain }.count
    }

    var cells: [String] {
      let counts = [runs, recorded, matched, onlyUnknown, inside, missing, falseCertain, unresolved]
      return [package, version] + counts.map(String.init) + [slowest.inSeconds]
    }
  }

  static let titles = [
    "package", "version", "runs", "recorded", "matched", "unknown", "inside", "missing", "false", "unresolved", "s",
  ]

  var rows: [Row] = []

  var total: Row {
    rows.reduce(into: Row(package: "\(rows.count) packages", version: "")) { total, row in
      total.runs += row.runs
      total.recorded += row.recorded
      total.matched += row.matched
      total.onlyUnknown += row.onlyUnknown
      total.inside += row.inside
      total.missing += row.missing
      total.falseCertain += row.falseCertain
      total.unresolved += row.unresolved
      total.slowest = max(total.slowest, row.slowest)
    }
  }

  /// Columns as wide as their widest cell; numbers to the right.
  var text: String {
    let lines = [Self.titles] + rows.map(\.cells) + [total.cells]
    let widths = Self.titles.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      line.indices.map { Self.pad(line[$0], to: widths[$0], left: $0 > 1) }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  private static func pad(_ text: String, to width: Int, left: Bool) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return left ? space + text : text + space
  }
}
