import GateEngine
import GateModel

/// What an administrator reads once dpkg is done: only what there is to know or do.
struct FinishText {
  var result: TransactionResult
  var owed: [OwedRestart]

  var text: String { lines.map { DisplayText.line("apt-gate: \($0)") + "\n" }.joined() }

  /// In one line, for the journal.
  var summary: String { lines.isEmpty ? "the update is done" : lines.joined(separator: "; ") }

  private var lines: [String] {
    var lines = result.problems
    if result.lost > 0 {
      lines.append("\(result.lost) objects of the network were lost, \(result.restored) of them are there again")
    }
    if !result.failedProbes.isEmpty {
      lines.append("not reachable any more: \(result.failedProbes.joined(separator: ", "))")
    }
    if result.end == .interrupted { lines.append("apt ended before it was done; see `dpkg --audit`") }
    for unit in Set(owed.map(\.unit)).sorted() {
      lines.append("the restart of \(unit) was kept out and is owed: apt-gate restart \(unit)")
    }
    return lines
  }
}
