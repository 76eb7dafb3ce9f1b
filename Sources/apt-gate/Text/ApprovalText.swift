import GateModel
import LedgerLog

/// What `approve` and `revoke` print for people.
struct ApprovalText {
  var outcome: ApprovalResult
  var layout: TextLayout

  var text: String {
    let first = outcome.targets.flatMap { layout.labelled("", line(for: $0), indent: 0) }
    return first.map { $0 + "\n" }.joined() + "\n" + SyncText(report: outcome.report, layout: layout).text
  }

  private func line(for target: Pin) -> String {
    let person = outcome.person.name
    guard outcome.isApproval else { return "\(target): approvals taken back by \(person)." }
    let end = outcome.expires.map { " until \($0)" } ?? ""
    let missing = outcome.missing == 0 ? "" : " \(outcome.missing) more must approve before it goes through."
    return "\(target): approved by \(person)\(end).\(missing)"
  }
}
