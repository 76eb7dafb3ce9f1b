internal import GateModel
internal import LedgerLog

/// The whole report as JSON. What is not known is null.
struct ReportDocument {
  let report: NodeReport

  static let schema = "apt-gate/report/1"

  var json: JSONValue {
    [
      "schema": .string(Self.schema), "node": .optional(report.node), "period": period, "summary": summary,
      "held": .array(report.held.map(\.json)), "keptBack": .array(report.keptBack.map(\.json)),
      "exposures": .array(report.exposures.map(\.json)), "cves": .array(report.cves.map(\.json)),
      "days": .array(report.days.map(\.json)), "approvals": .array(report.approvals.map(\.json)),
      "vetoes": .array(report.vetoes.map(\.json)), "transactions": .array(report.transactions.map(\.json)),
      "restarts": .array(report.restarts.map(\.json)), "policies": .array(report.policies.map(\.json)),
      "problems": .array(report.problems.map(\.json)), "verification": report.verification?.json ?? .null,
    ]
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
      "entries": .number(summary.entries), "entriesInPeriod": .number(summary.entriesInPeriod),
      "held": .number(summary.held), "heldSecurity": .number(summary.heldSecurity),
      "pending": .number(summary.pending), "unknownSecurity": .number(summary.unknownSecurity),
      "unknownChangelog": .number(summary.unknownChangelog), "openCVEs": .number(summary.openCVEs),
      "longestSecurityExposureSeconds": summary.longestSecurityExposure.map(JSONValue.seconds) ?? .null,
      "approvals": .number(summary.approvals), "approvalsUsed": .number(summary.approvalsUsed),
      "transactions": .number(summary.transactions),
      "transactionsNotCompleted": .number(summary.transactionsNotCompleted), "vetoes": .number(summary.vetoes),
      "lost": .number(summary.lost), "restored": .number(summary.restored), "missing": .number(summary.missing),
      "owedRestarts": .number(summary.owedRestarts),
    ]
  }
}

extension JSONValue {
  static func seconds(_ duration: Duration) -> JSONValue { .int(duration.components.seconds) }
  static func flag(_ flag: Bool?) -> JSONValue { flag.map(JSONValue.bool) ?? .null }
  static func time(_ time: Timestamp?) -> JSONValue { .optional(time?.description) }
}
