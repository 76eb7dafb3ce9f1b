public import AuditReport
internal import GateModel

/// What people did through the coordinator, and whether the record is what it was.
public struct AuditPage: Page {
  public static let pageSize = 50

  /// The newest first.
  public var deeds: [FleetDeed]
  /// How many records there are.
  public var count: Int
  /// The digest of the last record, which covers all before it.
  public var head: String
  public var before: Int?
  public var alarms: [(node: String, text: String)]

  public init(deeds: [FleetDeed], count: Int, head: String, before: Int?, alarms: [(node: String, text: String)]) {
    self.deeds = deeds
    self.count = count
    self.head = head
    self.before = before
    self.alarms = alarms
  }

  public var title: String { "Audit log" }
  public var section: PageSection? { .audit }
  public var template: String { "audit" }

  public func fields(in frame: PageFrame) -> [String: Any] {
    var fields: [String: Any] = ["any": !deeds.isEmpty, "chain": chain]
    if !alarms.isEmpty {
      fields["alarms"] = [
        "list": alarms.map { ["node": $0.node, "text": $0.text, "href": "/nodes/\(Fields.encoded($0.node))"] }
      ]
    }
    fields["rows"] = deeds.map { deed -> [String: Any] in
      [
        "number": deed.number, "time": Fields.time(deed.time, now: frame.now), "by": deed.by, "what": deed.what,
        "about": deed.about, "reason": deed.reason,
        "record": deed.isIntact ? Fields.chip("intact", .good) : Fields.chip("changed", .bad),
      ]
    }
    let next = (deeds.last?.number).flatMap { $0 > 1 ? "/audit?before=\($0)" : nil }
    fields["pager"] = Pager(first: before == nil ? nil : "/audit", next: next, summary: "the newest first").fields
    return fields
  }

  private var chain: [String: Any] {
    let broken = deeds.filter { !$0.isIntact }.count
    if broken > 0 {
      return [
        "tone": "bad",
        "text": "\(Fields.count(broken, "record", "records")) on this page are not as they were written.",
      ]
    }
    if deeds.isEmpty { return ["tone": "good", "text": "The log is empty."] }
    return [
      "tone": "good",
      "text":
        "Verified: every record on this page follows the one before. \(Fields.grouped(count)) records; the last has the digest \(head).",
    ]
  }
}
