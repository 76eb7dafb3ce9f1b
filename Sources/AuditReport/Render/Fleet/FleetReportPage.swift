internal import GateModel

/// The fleet's report as one page.
struct FleetReportPage {
  let report: FleetReport

  var html: HTML {
    PageFrame(
      title: "apt-gate fleet report", heading: "apt-gate fleet report", subject: nil,
      about: FleetReportFacts(report: report).about, sections: sections,
      footer: "Made by apt-gate from what nodes told their coordinator. What nobody told is written as unknown."
    ).html
  }

  private var sections: [PageFrame.Section] {
    [
      PageFrame.Section(id: "summary", title: "Summary", body: figures(FleetReportFacts(report: report).figures)),
      PageFrame.Section(id: "held", title: "Held now", body: "\(table(.held))\(folded(.holds, "By node"))"),
      PageFrame.Section(id: "exposure", title: "Security exposure", body: exposure),
      PageFrame.Section(
        id: "approvals", title: "Approvals and overrides", body: "\(table(.approvals))\(table(.deeds))\(table(.vetoes))"
      ),
      PageFrame.Section(
        id: "network", title: "What updates did to the network", body: "\(table(.effects))\(table(.transactions))"),
      PageFrame.Section(id: "restarts", title: "Owed restarts", body: table(.restarts)),
      PageFrame.Section(id: "verification", title: "Whether the record was changed", body: verification),
    ]
  }

  private func table(_ name: FleetTableName) -> HTML { TableMarkup(table: report.table(name)).html }

  private func folded(_ name: FleetTableName, _ title: String) -> HTML {
    report.table(name).rows.isEmpty ? "" : "<details><summary>\(title)</summary>\(table(name))</details>"
  }

  private func figures(_ facts: [ReportFact]) -> HTML { "<dl class=\"figures\">\(facts.map(PageFrame.fact))</dl>" }

  private var exposure: HTML {
    """
    \(ExposureChart(days: report.days).html)
    \(table(.exposure))
    \(table(.cves))
    """
  }

  private var verification: HTML {
    """
    \(figures(FleetReportFacts(report: report).ledgers))
    <p>\(FleetReportFacts.basis)</p>
    \(table(.ledgers))
    """
  }
}
