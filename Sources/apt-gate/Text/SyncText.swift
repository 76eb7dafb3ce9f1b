import GateEngine
import GateModel

/// What `sync` prints for people: what is held and why, which pins came and went.
struct SyncText {
  var report: SyncReport
  var layout: TextLayout

  var text: String {
    let blocks = [HoldText(holds: report.plan.holds, layout: layout).lines, pins, notes, [summary]]
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var pins: [String] {
    let lists = [("added", report.added), ("kept", report.kept), ("removed", report.removed)]
    return lists.filter { !$0.1.isEmpty }.flatMap { label, pins in
      layout.labelled("pins \(label)", pins.map(\.description).joined(separator: ", "), indent: 14)
    }
  }

  private var notes: [String] {
    (report.waiting + report.plan.warnings).flatMap { layout.labelled("note", $0, indent: 14) }
  }

  private var summary: String {
    let total = report.plan.checked.count
    let held = report.plan.holds.count
    let pending =
      total == 0 ? "No update is pending." : "\(total) pending, \(held) held, \(max(0, total - held)) may apply."
    return ([pending] + [mode, dryRun].compactMap { $0 }).joined(separator: " ")
  }

  private var mode: String? {
    report.mode == .observe ? "Mode observe: nothing is held in apt." : nil
  }

  private var dryRun: String? { report.isDryRun ? "Nothing was changed." : nil }
}

extension StandardStream {
  /// What a sync could not do, one line each.
  func tell(_ problems: [SyncProblem]) throws {
    for problem in problems { try write("apt-gate: \(DisplayText.line(problem.message))\n") }
  }
}
