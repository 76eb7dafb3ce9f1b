internal import GateModel
internal import LedgerLog

/// The report for a ticket.
struct ReportMarkdown {
  let report: NodeReport

  var text: String {
    var lines = ["# apt-gate report", ""]
    lines += ReportFacts(report: report).lines.map { "- \($0.label): \(MarkdownText.text(of: $0.cell))" }
    for (title, name) in Self.sections {
      lines += ["", "## \(title)", ""] + MarkdownText.lines(of: report.table(name))
    }
    lines += ["", "## Verification", ""] + verification
    return lines.map { $0 + "\n" }.joined()
  }

  private static let sections: [(String, ReportTableName)] = [
    ("Held now", .held), ("Deferred", .deferred), ("Exposure", .exposure), ("CVEs", .cves), ("Approvals", .approvals),
    ("Refused", .vetoes), ("Transactions", .transactions), ("Owed restarts", .restarts), ("Policies", .policies),
  ]

  private var verification: [String] {
    VerificationFacts(verification: report.verification).lines
      .map { "- \($0.label): \(MarkdownText.text(of: $0.cell))" }
  }
}

/// A figure with its name.
struct ReportFact {
  var label: String
  var cell: ReportCell

  init(_ label: String, _ cell: ReportCell) {
    self.label = label
    self.cell = cell
  }
}

/// The figures at the top of the report, the same in each format.
struct ReportFacts {
  let report: NodeReport

  var lines: [ReportFact] { about + figures }

  var about: [ReportFact] {
    [
      ReportFact("Node", .optional(report.node, absent: .unknown)),
      ReportFact("From", report.period.since.map { .time($0) } ?? .word("the first entry")),
      ReportFact("Until", .time(report.period.until)), ReportFact("Made", .time(report.period.made)),
      ReportFact("Entries", .number(report.summary.entries)),
      ReportFact("Entries of the period", .number(report.summary.entriesInPeriod)),
      ReportFact("Ledger", verdict),
    ]
  }

  private var verdict: ReportCell {
    guard let verification = report.verification else { return .word("not verified") }
    guard verification.verification.isValid else {
      return .word(
        "NOT VALID: " + ReportWords.count(verification.verification.findings.count, "finding", "findings"))
    }
    return .word(verification.restsOnOthers ? "valid" : "valid by its own key; no witness, no checkpoint from before")
  }

  var figures: [ReportFact] {
    let summary = report.summary
    return [
      ReportFact("Held", .number(summary.held)), ReportFact("Of them security updates", .number(summary.heldSecurity)),
      ReportFact("Pending", .number(summary.pending)), ReportFact("Open CVEs", .number(summary.openCVEs)),
      ReportFact(
        "Longest open security update", summary.longestSecurityExposure.map { .duration($0) } ?? .none),
      ReportFact("Pending, security unknown", .number(summary.unknownSecurity)),
      ReportFact("Pending, changelog unknown", .number(summary.unknownChangelog)),
      ReportFact("Approvals", .number(summary.approvals)), ReportFact("Of them used", .number(summary.approvalsUsed)),
      ReportFact("Transactions", .number(summary.transactions)),
      ReportFact("Of them not completed", .number(summary.transactionsNotCompleted)),
      ReportFact("Refused", .number(summary.vetoes)), ReportFact("Network objects lost", .number(summary.lost)),
      ReportFact("Restored", .number(summary.restored)), ReportFact("Missing", .number(summary.missing)),
      ReportFact("Restarts owed", .number(summary.owedRestarts)),
    ]
  }
}

/// What verifying the ledger came to, the same in each format.
struct VerificationFacts {
  let verification: ReportVerification?
  /// Of more findings these are the first.
  static let mostFindings = 20

  var lines: [ReportFact] {
    guard let verification else { return [ReportFact("Verified", .word("no"))] }
    let result = verification.verification
    let findings = result.findings.prefix(Self.mostFindings).map { ReportFact("Finding", .text($0.description)) }
    return [
      ReportFact("Verified", .word(result.isValid ? "yes: nothing was changed" : "something does not fit")),
      ReportFact("Entries", .number(result.size)), ReportFact("Root", .optional(result.root?.text, absent: .unknown)),
      ReportFact("Key", .text(verification.key)),
      ReportFact("Key from", .word(verification.isKeyGiven ? "the reader" : "the ledger itself")),
      ReportFact("Witness", .optional(verification.witness, absent: .word("none was asked for"))),
    ]
      + result.checkpoints.map {
        ReportFact("Checkpoint", .text("\($0.name): \($0.checkpoint.size) entries, root \($0.checkpoint.root.text)"))
      } + findings
  }
}
