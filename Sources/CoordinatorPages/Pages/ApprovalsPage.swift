internal import GateModel
public import Rollout

/// Rings that wait for people, and rollouts that can be halted.
public struct ApprovalsPage: Page {
  public var rollouts: [RolloutReport]

  public init(rollouts: [RolloutReport]) { self.rollouts = rollouts }

  public var title: String { "Approvals" }
  public var section: PageSection? { .approvals }
  public var template: String { "approvals" }

  public func fields(in frame: PageFrame) -> [String: Any] {
    var fields: [String: Any] = ["nohalts": "No rollout is on its way."]
    let rings = rollouts.flatMap { report in report.rings.compactMap { ring(report, $0, frame) } }
    if !rings.isEmpty { fields["rings"] = ["list": rings] }
    let active = rollouts.filter { $0.status.after(.halted) != nil }
    if !frame.has("operator") {
      fields["nohalts"] = "Halting takes the role operator."
    } else if !active.isEmpty {
      fields["halts"] = ["list": active.map { OrderForm.halt($0.id).fields }]
    }
    return fields
  }

  private func ring(_ report: RolloutReport, _ ring: RolloutReport.Ring, _ frame: PageFrame) -> [String: Any]? {
    guard let wait = ring.people else { return nil }
    var fields: [String: Any] = [
      "id": report.id.description, "href": RolloutCard.href(report.id), "ring": ring.name, "have": wait.have,
      "need": wait.need, "ringwaits": ["lines": Fields.lines(ring.waiting)],
    ]
    if !ring.approvals.isEmpty { fields["people"] = ring.approvals.map(\.by).joined(separator: ", ") }
    let person = frame.person ?? ""
    if ring.isApproved(by: person) {
      fields["whynot"] = "You have approved it."
    } else if !frame.has("approver") {
      fields["whynot"] = "Approving takes the role approver."
    } else if !wait.from.isEmpty, !wait.from.contains(person) {
      fields["whynot"] = "Only these may approve: \(wait.from.joined(separator: ", "))."
    } else {
      fields["order"] = OrderForm.approve(report.id, ring.name).fields
    }
    return fields
  }
}
