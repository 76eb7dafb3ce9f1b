internal import CoordinatorAPI
internal import GateModel
public import Rollout

/// What a list says of a node.
public struct NodeLine: Sendable {
  public var node: FleetNode
  public var ring: RingAssignment
  public var held: Int?
  public var owed: Int?
  public var ledger: LedgerStanding

  public init(node: FleetNode, ring: RingAssignment, held: Int?, owed: Int?, ledger: LedgerStanding) {
    self.node = node
    self.ring = ring
    self.held = held
    self.owed = owed
    self.ledger = ledger
  }

  func state(at now: Timestamp) -> [String: Any] {
    if node.problem != nil { return Fields.chip("not well", .bad) }
    if now.duration(since: node.seen) > FleetCensus.quietAfter { return Fields.chip("not heard from", .warn) }
    return Fields.chip("well", .good)
  }

  var ringText: String {
    switch ring {
    case .ring(let name): name
    case .none: "none"
    case .several: "several"
    }
  }
}

extension LedgerStanding {
  var chip: [String: Any] {
    switch state {
    case .consistent: Fields.chip("witnessed", .good)
    case .behind: Fields.chip("behind", .warn)
    case .contradicted: Fields.chip("contradicted", .bad)
    case .unseen: Fields.chip("not witnessed", .wait)
    }
  }
}

/// Nodes by name.
public struct NodesPage: Page {
  public static let pageSize = 50

  public var prefix: String
  public var lines: [NodeLine]
  public var after: String?
  public var hasMore: Bool

  public init(prefix: String, lines: [NodeLine], after: String?, hasMore: Bool) {
    self.prefix = prefix
    self.lines = lines
    self.after = after
    self.hasMore = hasMore
  }

  public var title: String { "Nodes" }
  public var section: PageSection? { .nodes }
  public var template: String { "nodes" }

  public func fields(in frame: PageFrame) -> [String: Any] {
    var fields: [String: Any] = ["prefix": prefix, "any": !lines.isEmpty]
    fields["rows"] = lines.map { line -> [String: Any] in
      var row: [String: Any] = [
        "node": line.node.name, "href": "/nodes/\(Fields.encoded(line.node.name))", "ring": line.ringText,
        "state": line.state(at: frame.now), "seen": Fields.time(line.node.seen, now: frame.now),
        "held": line.held.map { "\($0)" } ?? "–", "owed": line.owed.map { "\($0)" } ?? "–", "ledger": line.ledger.chip,
      ]
      row["why"] = line.node.problem
      return row
    }
    let next = hasMore ? lines.last.map { Fields.link("/nodes", [("name", prefix), ("after", $0.node.name)]) } : nil
    fields["pager"] =
      Pager(first: after == nil ? nil : Fields.link("/nodes", [("name", prefix)]), next: next, summary: "by name")
      .fields
    return fields
  }
}
