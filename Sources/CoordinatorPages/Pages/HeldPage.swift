internal import AuditReport
internal import GateModel

/// What is asked of the list of held versions.
public struct HeldQuery: Sendable, Hashable {
  public enum Sort: String, Sendable, Hashable, CaseIterable {
    case nodes, since, source

    var heading: String {
      switch self {
      case .nodes: "Most nodes"
      case .since: "Longest held"
      case .source: "Source"
      }
    }
  }

  public static let verdicts = ["hold", "undetermined", "approve", "stage", "defer"]
  public static let pageSize = 50

  public var text: String
  /// Empty for all.
  public var verdict: String
  public var sort: Sort
  /// From 1.
  public var page: Int

  public init(text: String = "", verdict: String = "", sort: Sort = .nodes, page: Int = 1) {
    self.text = text
    self.verdict = verdict
    self.sort = sort
    self.page = page
  }

  /// What matches, in order.
  public func answer(_ held: [HeldVersion]) -> [HeldVersion] {
    let wish = text.lowercased()
    let found = held.filter { version in
      (verdict.isEmpty || version.verdict == verdict)
        && (wish.isEmpty
          || [version.id, version.message, version.rules.joined(separator: " ")].contains {
            $0.lowercased().contains(wish)
          })
    }
    return found.sorted { one, other in
      switch sort {
      case .nodes where one.nodes != other.nodes: one.nodes > other.nodes
      case .since where one.since != other.since: (one.since ?? .distant) < (other.since ?? .distant)
      default: one.id < other.id
      }
    }
  }

  fileprivate func link(_ path: String = "/held", sort: Sort? = nil, page: Int = 1) -> String {
    Fields.link(
      path,
      [
        ("q", text), ("verdict", verdict), ("sort", (sort ?? self.sort).rawValue), ("page", page > 1 ? "\(page)" : ""),
      ])
  }
}

extension Timestamp {
  /// Later than any that a node says.
  fileprivate static let distant = Timestamp(secondsSinceEpoch: 253_402_300_799)
}

/// Every version that nodes hold.
public struct HeldPage: Page {
  public var query: HeldQuery
  public var census: FleetCensus

  public init(query: HeldQuery, census: FleetCensus) {
    self.query = query
    self.census = census
  }

  public var title: String { "Held updates" }
  public var section: PageSection? { .held }
  public var template: String { "held" }

  public func fields(in frame: PageFrame) -> [String: Any] {
    let found = query.answer(census.held)
    let pages = max(1, (found.count + HeldQuery.pageSize - 1) / HeldQuery.pageSize)
    let page = min(max(query.page, 1), pages)
    let shown = Array(found.dropFirst((page - 1) * HeldQuery.pageSize).prefix(HeldQuery.pageSize))
    var table = HeldTable(rows: shown, now: frame.now)
    table.sort = ({ query.link(sort: $0) }, query.sort)
    var fields = table.fields
    fields["caption"] = "Versions that nodes hold, each with how many do."
    fields["any"] = !shown.isEmpty
    fields["q"] = query.text
    fields["csv"] = query.link("/held.csv")
    fields["summary"] =
      Fields.count(found.count, "version", "versions")
      + (census.heldIsCut ? ", of the \(FleetCensus.mostHeld) that most nodes hold." : ".")
    fields["verdicts"] = Self.options([("", "Every verdict")] + HeldQuery.verdicts.map { ($0, $0) }, query.verdict)
    fields["sorts"] = Self.options(HeldQuery.Sort.allCases.map { ($0.rawValue, $0.heading) }, query.sort.rawValue)
    fields["counted"] = Fields.time(census.at, now: frame.now)
    fields["pager"] =
      Pager(
        previous: page > 1 ? query.link(page: page - 1) : nil, next: page < pages ? query.link(page: page + 1) : nil,
        summary: "Page \(page) of \(pages)"
      ).fields
    return fields
  }

  private static func options(_ choices: [(String, String)], _ current: String) -> [[String: Any]] {
    choices.map { ["value": $0.0, "name": $0.1, "selected": $0.0 == current] }
  }

  /// The same as CSV, all pages of it.
  public var csv: String {
    let head = ["source", "version", "verdict", "nodes", "since", "security", "rules", "message"]
    let rows = query.answer(census.held).map { held in
      [
        held.source, held.version, held.verdict, "\(held.nodes)", held.since?.description ?? "unknown",
        held.security.map { $0 ? "yes" : "no" } ?? "unknown", held.rules.joined(separator: " "), held.message,
      ]
    }
    return ([head] + rows).map { CSVText.line($0) }.joined()
  }
}

/// The nodes that hold one version.
public struct HeldUpdatePage: Page {
  public static let pageSize = 100

  public var id: String
  public var nodes: [(node: String, held: HeldOnNode)]
  public var after: String?
  public var hasMore: Bool
  public var hasRollout: Bool

  public init(id: String, nodes: [(node: String, held: HeldOnNode)], after: String?, hasMore: Bool, hasRollout: Bool) {
    self.id = id
    self.nodes = nodes
    self.after = after
    self.hasMore = hasMore
    self.hasRollout = hasRollout
  }

  public var title: String { "Held: \(id)" }
  public var section: PageSection? { .held }
  public var template: String { "held-update" }

  public func fields(in frame: PageFrame) -> [String: Any] {
    let path = "/held/\(Fields.encoded(id))"
    var fields: [String: Any] = [
      "id": id, "any": !nodes.isEmpty, "csv": "\(path)/nodes.csv",
      "summary": hasMore || after != nil
        ? "Nodes that hold it, by name." : Fields.count(nodes.count, "node holds", "nodes hold") + " it.",
      "rows": nodes.map { node, held -> [String: Any] in
        var row: [String: Any] = [
          "node": node, "href": "/nodes/\(Fields.encoded(node))", "verdict": Fields.chip(verdict: held.verdict),
          "rules": held.rules.joined(separator: ", "), "message": held.message,
        ]
        row["since"] = held.since.map { Fields.time($0, now: frame.now) }
        return row
      },
    ]
    if hasRollout { fields["rollout"] = ["rollout": "/rollouts/\(Fields.encoded(id))"] }
    fields["pager"] =
      Pager(
        first: after == nil ? nil : path,
        next: hasMore ? nodes.last.map { Fields.link(path, [("after", $0.node)]) } : nil,
        summary: ""
      ).fields
    return fields
  }

  public var csv: String {
    let head = ["node", "verdict", "since", "rules", "message"]
    let rows = nodes.map { node, held in
      [node, held.verdict, held.since?.description ?? "unknown", held.rules.joined(separator: " "), held.message]
    }
    return ([head] + rows).map { CSVText.line($0) }.joined()
  }
}
