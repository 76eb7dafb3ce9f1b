import GateModel
import LedgerSamples
import Testing

@testable import AuditReport

/// Whatever nodes tell does no harm in any format of a fleet's report.
@Suite struct HostileFleetReportTests {
  private static func report(_ text: String) -> FleetReport {
    let ledger = FleetNodeHistory.Ledger(state: "contradicted", entries: 1, alarm: text)
    let deed = FleetDeed(
      number: 1, time: SampleHistory.day(9), by: text, what: text, about: text, reason: text, isIntact: true)
    return FleetReportTests.report(
      [FleetReportTests.node(text, FleetReportTests.told(.hostile(text)), ledger: ledger)], [deed])
  }

  @Test func noTextBecomesMarkup() {
    let harmless = MarkupTag.all(in: Self.report("harmless").html).map(\.shape)
    for text in HostileReportTests.texts where !text.allSatisfy(\.isWhitespace) {
      let html = Self.report(text).html
      let tags = MarkupTag.all(in: html)
      #expect(tags.map(\.shape) == harmless, "\(text.debugDescription)")
      #expect(tags.allSatisfy { !["script", "img", "iframe", "object", "link", "base", "form"].contains($0.name) })
      #expect(tags.flatMap(\.attributes).allSatisfy { !$0.name.hasPrefix("on") && $0.name != "src" })
      #expect(!html.contains("<!--"))
    }
  }

  @Test func everyFormatIsSafeOnATerminal() {
    for text in HostileReportTests.texts {
      let report = Self.report(text)
      for output in [report.html, report.markdown] + FleetTableName.allCases.map(report.csv) {
        let lines = output.replacing("\r\n", with: "\n").split(separator: "\n")
        #expect(lines.allSatisfy { DisplayText.line(String($0)) == String($0) }, "\(text.debugDescription)")
      }
    }
  }

  @Test func noFieldOfACSVIsAFormula() throws {
    for text in HostileReportTests.texts {
      let report = Self.report(text)
      for name in FleetTableName.allCases {
        let rows = try HostileReportTests.fields(ofCSV: report.csv(name))
        #expect(Set(rows.map(\.count)) == [report.table(name).columns.count], "\(name) \(text.debugDescription)")
        for field in rows.joined() {
          let first = field.unicodeScalars.first { $0 != " " }
          #expect(!"=+-@\t\r|%".unicodeScalars.contains { $0 == first }, "\(field.debugDescription)")
        }
      }
    }
  }

  @Test func markdownHasNoMarkupOfOthers() {
    func skeleton(_ markdown: String) -> String { markdown.replacing(/`[^`\n]*`/, with: "X") }
    let own = skeleton(Self.report("harmless").markdown)
    for text in HostileReportTests.texts where !text.allSatisfy(\.isWhitespace) {
      #expect(skeleton(Self.report(text).markdown) == own, "\(text.debugDescription)")
    }
  }

  /// Nothing is lost in JSON: the text comes back as it was.
  @Test func jsonKeepsTheText() {
    for text in HostileReportTests.texts {
      guard case .array(let holds) = Self.report(text).json["holds"], let first = holds.first else {
        Issue.record("nothing is held")
        return
      }
      #expect(first["source"] == .string(text) && first["node"] == .string(text))
    }
  }

  /// Every word that a node could make up has a bound.
  @Test func longTextsAreCut() {
    let told = FleetReportTests.told(.hostile(String(repeating: "ä\u{301}", count: 5000)))
    #expect(told.updates.allSatisfy { $0.source.utf8.count <= NodeHistory.longestText })
    #expect(told.problem == nil)
  }
}
