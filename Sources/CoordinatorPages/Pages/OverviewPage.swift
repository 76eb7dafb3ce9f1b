public import Rollout
internal import CoordinatorAPI
internal import GateModel

/// The fleet on one page: what is on its way, what is wrong, what the rings are.
public struct OverviewPage: Page {
  public var census: FleetCensus
  public var plan: FleetPlan
  public var book: SlotBook
  /// Those that are on their way or halted.
  public var rollouts: [RolloutReport]
  public var hasMore: Bool
  /// Nodes whose ledgers contradict what was seen.
  public var contradicted: [String]

  public init(
    census: FleetCensus, plan: FleetPlan, book: SlotBook, rollouts: [RolloutReport], hasMore: Bool,
    contradicted: [String]
  ) {
    self.census = census
    self.plan = plan
    self.book = book
    self.rollouts = rollouts
    self.hasMore = hasMore
    self.contradicted = contradicted
  }

  public var title: String { "Fleet" }
  public var section: PageSection? { .fleet }
  public var template: String { "overview" }
  public var isLive: Bool { true }

  public func fields(in frame: PageFrame) -> [String: Any] {
    var fields: [String: Any] = ["figures": figures, "alarms": alarms, "more": hasMore]
    if !rollouts.isEmpty {
      fields["rollouts"] = ["list": rollouts.map { RolloutCard(report: $0, now: frame.now).fields }]
    }
    if !plan.rings.isEmpty { fields["rings"] = ["list": plan.rings.map(ring)] }
    if !census.held.isEmpty {
      var table = HeldTable(rows: Array(census.held.prefix(5)), now: frame.now).fields
      table["caption"] = "Counted over the fleet."
      fields["held"] = table
    }
    return fields
  }

  private var figures: [[String: Any]] {
    let halted = rollouts.count { $0.status == .halted }
    let underway = rollouts.count - halted
    let security = census.held.count { $0.security == true }
    return [
      Self.figure("Nodes", census.nodes, "\(Fields.grouped(census.unwell)) not well", census.unwell > 0 ? "warn" : ""),
      Self.figure("Not heard from", census.quiet, "for an hour", census.quiet > 0 ? "warn" : ""),
      Self.figure("On their way", underway, underway == 1 ? "rollout" : "rollouts", ""),
      Self.figure("Halted", halted, halted == 1 ? "rollout" : "rollouts", halted > 0 ? "bad" : ""),
      Self.figure("Held versions", census.held.count, "\(security) known to be security updates", ""),
      Self.figure(
        "Ledger alarms", contradicted.count, contradicted.count == 1 ? "node" : "nodes",
        contradicted.isEmpty ? "" : "bad"),
    ]
  }

  private static func figure(_ name: String, _ value: Int, _ more: String, _ tone: String) -> [String: Any] {
    ["name": name, "value": Fields.grouped(value), "more": more, "tone": tone]
  }

  private var alarms: [[String: Any]] {
    var alarms = rollouts.filter { $0.status == .halted }.map { report -> [String: Any] in
      let note = report.note.map { "by \($0.by): \($0.reason)" } ?? ""
      return [
        "tone": "bad", "text": "Rollout \(report.id) is halted \(note)",
        "href": RolloutCard(report: report, now: census.at).href,
        "link": "Look at it",
      ]
    }
    if let first = contradicted.first {
      let text = Fields.count(contradicted.count, "node shows a ledger", "nodes show ledgers")
      alarms.append([
        "tone": "bad", "text": "\(text) that contradicts what was seen: history was rewritten.",
        "href": "/nodes/\(Fields.encoded(first))", "link": first,
      ])
    }
    if census.unassigned > 0, !plan.rings.isEmpty {
      alarms.append([
        "tone": "warn",
        "text":
          "\(Fields.count(census.unassigned, "node is", "nodes are")) in no ring: staged updates never reach them.",
      ])
    }
    if census.ambiguous > 0 {
      alarms.append([
        "tone": "warn",
        "text":
          "\(Fields.count(census.ambiguous, "node is", "nodes are")) in groups of several rings: nothing is granted to them.",
      ])
    }
    return alarms
  }

  private func ring(_ ring: RingPlan) -> [String: Any] {
    let nodes = census.rings[ring.name] ?? 0
    let approvals = ring.approvals.count
    return [
      "name": ring.name, "groups": ring.groups.joined(separator: ", "), "nodes": Fields.grouped(nodes),
      "used": book.rings[ring.name] ?? 0, "limit": ring.slots.limit(of: nodes), "soak": Self.span(ring.soak),
      "approval": approvals == 0 ? "nothing" : Fields.count(approvals, "approval", "approvals"),
    ]
  }

  private static func span(_ duration: Duration) -> String {
    let seconds = duration.components.seconds
    if seconds == 0 { return "none" }
    if seconds % 86_400 == 0 { return "\(seconds / 86_400) d" }
    if seconds % 3600 == 0 { return "\(seconds / 3600) h" }
    return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds) s"
  }
}
