internal import GateModel

/// A fleet's report as JSON: the summary, and each table as a list of objects.
///
/// What is not known is null; what there is none of is absent.
struct FleetReportDocument {
  let report: FleetReport

  static let schema = "apt-gate/fleet-report/1"

  func eachMember(_ body: (JSONMember) -> Void) {
    body(JSONMember(key: "schema", value: .string(Self.schema)))
    body(JSONMember(key: "period", value: period))
    body(JSONMember(key: "intact", value: .bool(report.isIntact)))
    body(JSONMember(key: "summary", value: summary))
    body(JSONMember(key: "days", value: .array(report.days.map(\.json))))
    for name in FleetTableName.allCases {
      body(JSONMember(key: name.rawValue, value: Self.rows(of: report.table(name))))
    }
  }

  private static func rows(of table: ReportTable) -> JSONValue {
    .array(
      table.rows.map { row in
        .object(
          zip(table.columns, row).compactMap { column, cell in
            value(of: cell).map { JSONMember(key: column.json, value: $0) }
          })
      })
  }

  private static func value(of cell: ReportCell) -> JSONValue? {
    switch cell {
    case .text(let text), .word(let text): .string(text)
    case .list(let texts): .strings(texts)
    case .number(let number): .number(number)
    case .time(let time): .time(time)
    case .duration(let duration): .seconds(duration)
    case .unknown: .null
    case .none: nil
    }
  }

  private var period: JSONValue {
    [
      "since": .optional(report.period.since?.description), "until": .string(report.period.until.description),
      "made": .string(report.period.made.description),
    ]
  }

  private var summary: JSONValue {
    let summary = report.summary
    return [
      "nodes": .number(summary.nodes), "untold": .number(summary.untold), "partlyTold": .number(summary.partlyTold),
      "quiet": .number(summary.quiet), "held": .number(summary.held), "heldSecurity": .number(summary.heldSecurity),
      "holdingNodes": .number(summary.holdingNodes), "pending": .number(summary.pending),
      "unknownSecurity": .number(summary.unknownSecurity), "unknownChangelog": .number(summary.unknownChangelog),
      "openCVEs": .number(summary.openCVEs), "exposedNodes": .number(summary.exposedNodes),
      "longestSecurityExposureSeconds": summary.longestSecurityExposure.map(JSONValue.seconds) ?? .null,
      "approvals": .number(summary.approvals), "approvalsUsed": .number(summary.approvalsUsed),
      "deeds": .number(summary.deeds), "brokenDeeds": .number(summary.brokenDeeds),
      "transactions": .number(summary.transactions),
      "transactionsNotCompleted": .number(summary.transactionsNotCompleted), "vetoes": .number(summary.vetoes),
      "lost": .number(summary.lost), "restored": .number(summary.restored), "missing": .number(summary.missing),
      "owedRestarts": .number(summary.owedRestarts), "consistent": .number(summary.consistent),
      "behind": .number(summary.behind), "alarms": .number(summary.alarms), "unseen": .number(summary.unseen),
    ]
  }
}
