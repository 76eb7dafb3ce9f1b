import GateModel
import NetworkState
import NetworkSystem

/// What `network restore` prints for people: what was done, or would be, and what was not.
struct NetworkRestoreText {
  var restoration: NetworkRestoration
  var layout: TextLayout

  var text: String {
    let lines = warnings + [summary] + plan + missing + refusals + leftAlone
    return lines.map { $0 + "\n" }.joined()
  }

  private var steps: [RestorePlan.Step] { restoration.firstPlan?.steps ?? [] }

  private var warnings: [String] {
    restoration.warnings.flatMap { layout.labelled("", DisplayText.line($0), indent: 0, rendition: .yellow) }
  }

  private var summary: String {
    let id = restoration.stored.manifest.id
    guard let report = restoration.outcome?.report else {
      return steps.isEmpty
        ? "Nothing is missing of \(id)."
        : layout.style(.bold, "\(CountText.of(steps.count, "step", "steps")) would bring back \(id):")
    }
    let failed = restoration.refusals.count + restoration.unrestorable.count
    if steps.isEmpty, failed == 0 { return "Nothing is missing of \(id)." }
    let tail = failed == 0 ? "" : "; \(failed) could not be put back"
    let made = report.presentCount == 0 ? "" : ", \(report.presentCount) by the kernel itself"
    return layout.style(
      failed == 0 ? .green : .red,
      "\(CountText.of(report.restoredCount, "object", "objects")) of \(id) put back\(made)\(tail)")
  }

  /// The steps, if nothing was carried out.
  private var plan: [String] {
    guard restoration.outcome == nil else { return [] }
    return steps.map { "  \(ColumnText.padded($0.action.rawValue, to: 8))\(line($0))" }
  }

  private var missing: [String] {
    restoration.match.missing.flatMap { link in
      let renamed = link.nowCalled.map { "; `\($0)` has its hardware address now" } ?? ""
      return layout.labelled(
        "", "no interface is called `\(link.name)` now\(renamed)", indent: 0, rendition: .yellow)
    }
  }

  private var refusals: [String] {
    guard !restoration.refusals.isEmpty else { return [] }
    return [layout.style(.bold, "Refused by the kernel")]
      + restoration.refusals.flatMap { refusal in
        ["  \(refusal.step.action.rawValue) \(line(refusal.step))", "    \(DisplayText.line(refusal.reason))"]
      }
  }

  private var leftAlone: [String] {
    let lost = restoration.unrestorable
    let others = restoration.leftAlone.filter { $0.change != .removed }
    return listed("Not put back: their interface is missing or has become another", lost)
      + listed(
        restoration.isExact
          ? "Left alone: links are never changed or deleted, nor what is only on links that the snapshot does not have"
          : "Left alone: there in another form", others)
  }

  private func listed(_ title: String, _ differences: [Drift.Difference]) -> [String] {
    guard !differences.isEmpty else { return [] }
    return layout.labelled("", title, indent: 0, rendition: .bold)
      + differences.map { difference in
        let object = restoration.object(difference)?.safeLine(of: difference.kind, omitting: ["ifindex"]) ?? ""
        return "  \(difference.kind.rawValue) \(object)"
      }
  }

  private func line(_ step: RestorePlan.Step) -> String {
    "\(step.kind.rawValue) \(restoration.object(step)?.safeLine(of: step.kind) ?? "")"
  }
}
