internal import GateModel
public import Rollout

/// All rollouts, by name.
public struct RolloutsPage: Page {
  public static let pageSize = 25

  public var rollouts: [RolloutReport]
  public var after: String?
  public var hasMore: Bool

  public init(rollouts: [RolloutReport], after: String?, hasMore: Bool) {
    self.rollouts = rollouts
    self.after = after
    self.hasMore = hasMore
  }

  public var title: String { "Rollouts" }
  public var section: PageSection? { .rollouts }
  public var template: String { "rollouts" }
  public var isLive: Bool { true }

  public func fields(in frame: PageFrame) -> [String: Any] {
    var fields: [String: Any] = [:]
    if !rollouts.isEmpty { fields["rows"] = ["list": rollouts.map { RolloutCard(report: $0, now: frame.now).fields }] }
    let next = hasMore ? rollouts.last.map { Fields.link("/rollouts", [("after", $0.id.description)]) } : nil
    fields["pager"] = Pager(first: after == nil ? nil : "/rollouts", next: next, summary: "").fields
    return fields
  }
}

/// One rollout: how far it is, why it waits, what happened, and what may be done.
public struct RolloutPage: Page {
  public static let membersOnPage = 50
  public static let mostEntries = 200

  public var report: RolloutReport
  public var artifacts: [Artifact]
  /// The last ``mostEntries`` of the journal.
  public var journal: [JournalEntry]
  public var journalLength: Int
  public var members: [NodeRecord]
  public var after: String?
  public var hasMoreMembers: Bool

  public init(
    report: RolloutReport, artifacts: [Artifact], journal: [JournalEntry], journalLength: Int, members: [NodeRecord],
    after: String?, hasMoreMembers: Bool
  ) {
    self.report = report
    self.artifacts = artifacts
    self.journal = journal
    self.journalLength = journalLength
    self.members = members
    self.after = after
    self.hasMoreMembers = hasMoreMembers
  }

  public var title: String { "Rollout \(report.id)" }
  public var section: PageSection? { .rollouts }
  public var template: String { "rollout" }
  public var isLive: Bool { true }

  public func fields(in frame: PageFrame) -> [String: Any] {
    var fields = RolloutCard(report: report, now: frame.now).fields
    if !report.waiting.isEmpty { fields["waits"] = ["lines": Fields.lines(report.waiting)] }
    if let note = report.note {
      fields["halted"] = [
        "tone": report.status == .halted ? "bad" : "",
        "text": "\(report.status.rawValue) by \(note.by): \(note.reason)",
        "time": Fields.time(note.at, now: frame.now),
      ]
    }
    if !report.rings.isEmpty { fields["details"] = ["list": report.rings.map { detail($0, frame.now) }] }
    let orders = orders(frame)
    if !orders.isEmpty { fields["orders"] = ["list": orders.map(\.fields)] }
    if !journal.isEmpty { fields["entries"] = ["list": journal.reversed().map { entry($0, frame.now) }] }
    if journalLength > journal.count {
      fields["earlier"] = "\(Fields.grouped(journalLength - journal.count)) earlier ones are not shown."
    }
    if !members.isEmpty { fields["members"] = ["list": members.map { member($0, frame.now) }] }
    let path = RolloutCard.href(report.id)
    fields["pager"] =
      Pager(
        first: after == nil ? nil : path,
        next: hasMoreMembers ? members.last.map { Fields.link(path, [("after", $0.node)]) } : nil, summary: "by name"
      ).fields
    if !artifacts.isEmpty {
      fields["packages"] = [
        "heading": "The packages that it is bound to: \(artifacts.count)",
        "list": artifacts.prefix(200).map { "\($0.description) sha256:\($0.sha256)" },
      ]
    }
    return fields
  }

  private func detail(_ ring: RolloutReport.Ring, _ now: Timestamp) -> [String: Any] {
    var fields: [String: Any] = [
      "name": ring.name, "soaked": ring.count(.soaked), "needed": ring.needed,
      "approved": ring.approvals.isEmpty ? "nobody" : ring.approvals.map(\.by).joined(separator: ", "),
    ]
    fields["opened"] = ring.opened.map { Fields.time($0, now: now) }
    if !ring.waiting.isEmpty { fields["ringwaits"] = ["lines": Fields.lines(ring.waiting)] }
    return fields
  }

  /// What the person's roles allow now.
  private func orders(_ frame: PageFrame) -> [OrderForm] {
    let id = report.id
    var forms: [OrderForm] = []
    if frame.has("approver"), !report.status.isOver {
      forms += report.rings.filter { $0.people != nil && !$0.isApproved(by: frame.person) }
        .map { OrderForm.approve(id, $0.name) }
    }
    guard frame.has("operator") else { return forms }
    if report.status.after(.halted) != nil { forms.append(.halt(id)) }
    if report.status.after(.resumed) != nil {
      forms.append(
        OrderForm(verb: "Resume", order: "resume", rollout: id, question: "Let it go on; failures so far are forgiven"))
    }
    if report.status == .active, let ring = report.rings.first(where: { $0.state != .passed }) {
      forms.append(
        OrderForm(
          verb: "Promote", order: "promote", rollout: id, ring: ring.name,
          question: "Let ring \(ring.name) pass, whatever it waits for"))
    }
    if report.status.after(.abandoned) != nil {
      forms.append(
        OrderForm(
          verb: "Abandon", order: "abandon", rollout: id, question: "Give the version up: it is never offered again",
          isDangerous: true))
    }
    return forms
  }

  private func entry(_ entry: JournalEntry, _ now: Timestamp) -> [String: Any] {
    var fields: [String: Any] = [
      "what": Self.words(entry.kind), "tone": Self.tone(entry.kind), "reason": entry.note.reason, "by": entry.note.by,
      "time": Fields.time(entry.note.at, now: now),
    ]
    let place = [entry.ring.map { "ring \($0)" }, entry.node.map { "node \($0)" }].compactMap { $0 }
    if !place.isEmpty { fields["where"] = place.joined(separator: ", ") }
    return fields
  }

  private static func words(_ kind: JournalEntry.Kind) -> String {
    kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst().replacing("-", with: " ")
  }

  private static func tone(_ kind: JournalEntry.Kind) -> String {
    switch kind {
    case .ringPassed, .completed, .nodeRecovered: "good"
    case .created, .ringOpened, .approved, .resumed, .admitted, .nodeRetried: "work"
    case .promoted, .nodeSkipped: "warn"
    case .nodeFailed, .nodeSilent, .halted: "bad"
    case .superseded, .abandoned: ""
    }
  }

  private func member(_ record: NodeRecord, _ now: Timestamp) -> [String: Any] {
    var fields: [String: Any] = [
      "node": record.node, "href": "/nodes/\(Fields.encoded(record.node))", "ring": record.ring,
      "phase": RolloutCard.chip(record.phase), "since": Fields.time(record.since, now: now),
    ]
    fields["why"] = record.reason
    return fields
  }
}

extension RolloutReport.Ring {
  func isApproved(by person: String?) -> Bool { approvals.contains { $0.by == person } }

  /// Those who are to agree; nil if it does not wait for people.
  var people: RolloutReport.Wait.People? { waiting.lazy.compactMap(\.people).first }
}
