public import GateModel

/// The formats of a report for people; the JSON ones are values that the caller writes.
extension NodeReport {
  /// One self-contained page. See ``ReportPage``.
  public var html: String { ReportPage(report: self).html.markup }

  /// One table, as RFC 4180 has it.
  public func csv(_ name: ReportTableName) -> String { CSVText.file(of: table(name)) }

  /// For a ticket: the tables that a person reads.
  public var markdown: String { ReportMarkdown(report: self).text }

  func table(_ name: ReportTableName) -> ReportTable {
    switch name {
    case .held: heldTable
    case .deferred: deferredTable
    case .exposure: exposureTable
    case .cves: cveTable
    case .approvals: approvalTable
    case .vetoes: vetoTable
    case .transactions: transactionTable
    case .restarts: restartTable
    case .policies: policyTable
    }
  }

  /// Every figure of the report. Described by docs/protocols/report.schema.json.
  public var json: JSONValue { ReportDocument(report: self).json }

  /// What is deferred, for scanners. See ``OpenVEXDocument``.
  ///
  /// nil if nothing that is held fixes a CVE that is known.
  ///
  /// - Parameter version: apt-gate's own.
  public func openVEX(version: String) -> JSONValue? { OpenVEXDocument(report: self, program: version).json }
}
