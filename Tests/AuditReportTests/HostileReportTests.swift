import Foundation
import GateModel
import LedgerSamples
import TestSupport
import Testing

@testable import AuditReport

/// Whatever packages and people write does no harm in any format.
@Suite struct HostileReportTests {
  private static func report(_ text: String) -> NodeReport { ReportTests.report(.hostile(text)) }

  /// Random texts of the characters that matter, besides the known attacks.
  static let texts: [String] = {
    var seed = Seed("HostileReportTests")
    let alphabet = Array("<>&\"'=+-@\t\r\n|`\\#[]()!;:/ ,\u{1b}\u{7}\u{9b}\u{202e}\u{2066}\u{2028}\u{0}aé\u{ff1d}").map(
      String.init)
    let random = (0..<16).map { _ in
      (0..<(1 + seed.below(12))).map { _ in alphabet[seed.below(alphabet.count)] }.joined()
    }
    return SampleHistory.attacks + random
  }()

  /// The markup of a page is the same whatever the texts are, and has nothing that runs or loads.
  @Test func noTextBecomesMarkup() {
    let harmless = MarkupTag.all(in: Self.report("harmless").html).map(\.shape)
    for text in Self.texts where !text.allSatisfy(\.isWhitespace) {
      let html = Self.report(text).html
      let tags = MarkupTag.all(in: html)
      #expect(tags.map(\.shape) == harmless, "\(text.debugDescription)")
      #expect(tags.allSatisfy { !["script", "img", "iframe", "object", "link", "base", "form"].contains($0.name) })
      let attributes = tags.flatMap(\.attributes)
      #expect(attributes.allSatisfy { !$0.name.hasPrefix("on") && !["src", "style", "srcset"].contains($0.name) })
      #expect(attributes.allSatisfy { $0.name != "href" || $0.value.hasPrefix("#") })
      #expect(!html.contains("<!--"))
    }
  }

  /// No control character but the line's end, and nothing that reorders a line, in any format.
  @Test func everyFormatIsSafeOnATerminal() {
    for text in Self.texts {
      let report = Self.report(text)
      for output in [report.html, report.markdown] + ReportTableName.allCases.map(report.csv) {
        let lines = output.replacing("\r\n", with: "\n").split(separator: "\n")
        #expect(lines.allSatisfy { DisplayText.line(String($0)) == String($0) }, "\(text.debugDescription)")
      }
    }
  }

  @Test func noFieldOfACSVIsAFormula() throws {
    for text in Self.texts {
      let report = Self.report(text)
      for name in ReportTableName.allCases {
        let rows = try Self.fields(ofCSV: report.csv(name))
        #expect(Set(rows.map(\.count)) == [report.table(name).columns.count], "\(name) \(text.debugDescription)")
        for field in rows.joined() {
          let first = field.unicodeScalars.first { $0 != " " }
          #expect(!"=+-@\t\r|%".unicodeScalars.contains { $0 == first }, "\(field.debugDescription)")
        }
      }
    }
  }

  struct Malformed: Error {}

  /// Reads RFC 4180 strictly: every field in quotes, lines end with CR LF.
  static func fields(ofCSV text: String) throws -> [[String]] {
    var rows: [[String]] = [[]]
    var rest = Substring(text).unicodeScalars
    while let first = rest.popFirst() {
      guard first == "\"" else { throw Malformed() }
      var field = String.UnicodeScalarView()
      while let scalar = rest.popFirst() {
        guard scalar == "\"" else {
          field.append(scalar)
          continue
        }
        if rest.first != "\"" { break }
        field.append(scalar)
        rest.removeFirst()
      }
      rows[rows.count - 1].append(String(field))
      switch rest.popFirst() {
      case ",": continue
      case "\r":
        guard rest.popFirst() == "\n" else { throw Malformed() }
        if !rest.isEmpty { rows.append([]) }
      default: throw Malformed()
      }
    }
    return rows
  }

  /// Outside of code spans a Markdown report has only the program's own words; a row has as many cells as its head.
  @Test func markdownHasNoMarkupOfOthers() {
    let own = Self.skeleton(Self.report("harmless").markdown)
    for text in Self.texts where !text.allSatisfy(\.isWhitespace) {
      #expect(Self.skeleton(Self.report(text).markdown) == own, "\(text.debugDescription)")
    }
  }

  private static func skeleton(_ markdown: String) -> String { markdown.replacing(/`[^`\n]*`/, with: "X") }

  @Test func openVEXHasNoUnsafeText() throws {
    for text in Self.texts {
      guard let json = Self.report(text).openVEX(version: "1") else { continue }
      var urls: [String] = []
      if case .array(let statements) = json["statements"] {
        for case .array(let products) in statements.map({ $0["products"] ?? .null }) {
          urls += products.compactMap { if case .string(let url) = $0["@id"] { url } else { nil } }
        }
      }
      #expect(!urls.isEmpty)
      #expect(
        urls.allSatisfy {
          $0.wholeMatch(of: /pkg:generic\/[A-Za-z0-9._~:%-]*@[A-Za-z0-9._~:%-]*\?arch=[A-Za-z0-9._~:%-]*/) != nil
        })
    }
  }

  /// Nothing is lost in JSON: the text comes back as it was.
  @Test func jsonKeepsTheText() {
    for text in Self.texts {
      let json = Self.report(text).json
      guard case .array(let held) = json["held"], case .string(let source) = held.first?["source"] else {
        Issue.record("nothing is held")
        return
      }
      #expect(source == text)
    }
  }
}
