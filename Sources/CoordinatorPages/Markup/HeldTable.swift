internal import GateModel

/// Held versions as a table.
struct HeldTable {
  var rows: [HeldVersion]
  var now: Timestamp
  /// The link that sorts by a column, and which it is sorted by; none on other pages.
  var sort: (link: (HeldQuery.Sort) -> String, current: HeldQuery.Sort)?

  private static let columns: [(name: String, sort: HeldQuery.Sort?, number: Bool)] = [
    ("Source", .source, false), ("Version", nil, false), ("Verdict", nil, false), ("Nodes", .nodes, true),
    ("Held since", .since, false), ("Rules", nil, false), ("Why", nil, false),
  ]

  var fields: [String: Any] { ["columns": columns, "rows": rows.map(row), "caption": ""] }

  private var columns: [[String: Any]] {
    Self.columns.map { column in
      var fields: [String: Any] = ["name": column.name, "number": column.number, "sorted": false, "sort": false]
      if let sort, let own = column.sort {
        fields["sort"] = ["sort": sort.link(own)]
        if own == sort.current { fields["sorted"] = ["sorted": own == .nodes ? "descending" : "ascending"] }
      }
      return fields
    }
  }

  private func row(_ held: HeldVersion) -> [String: Any] {
    var fields: [String: Any] = [
      "source": held.source, "version": held.version, "href": "/held/\(Fields.encoded(held.id))",
      "verdict": Fields.chip(verdict: held.verdict), "nodes": Fields.grouped(held.nodes),
      "rules": held.rules.joined(separator: ", "), "message": held.message,
    ]
    fields["since"] = held.since.map { Fields.time($0, now: now) }
    if held.security == true { fields["security"] = Fields.chip("security", .bad) }
    return fields
  }
}
