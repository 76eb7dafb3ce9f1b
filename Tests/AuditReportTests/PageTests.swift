import Foundation
import GateModel
import LedgerSamples
import Testing

@testable import AuditReport

/// What a reader of the page needs: contrast, landmarks, names, headings.
@Suite struct PageTests {
  private let html = ReportTests.report(.quarter).html

  /// Source: WCAG 2.2, definition of contrast ratio and of relative luminance.
  private static func contrast(_ one: String, _ other: String) throws -> Double {
    func channel(_ number: Int) -> Double {
      let value = Double(number & 0xFF) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    func luminance(_ color: String) throws -> Double {
      let number = try #require(Int(color.dropFirst(), radix: 16))
      return 0.2126 * channel(number >> 16) + 0.7152 * channel(number >> 8) + 0.0722 * channel(number)
    }
    let values = try [luminance(one), luminance(other)].sorted()
    return (values[1] + 0.05) / (values[0] + 0.05)
  }

  private static func ink(_ name: String) throws -> PageStyle.Ink {
    try #require(PageStyle.inks.first { $0.name == name })
  }

  @Test(arguments: ["text", "muted", "link", "held", "missing", "restored"], ["page", "panel"])
  func textCanBeRead(ink: String, ground: String) throws {
    let (ink, ground) = (try Self.ink(ink), try Self.ink(ground))
    #expect(try Self.contrast(ink.light, ground.light) >= 4.5)
    #expect(try Self.contrast(ink.dark, ground.dark) >= 4.5)
  }

  @Test(arguments: [("pending", "page"), ("held", "page"), ("line", "page"), ("restored", "page")])
  func marksCanBeSeen(ink: String, ground: String) throws {
    let (ink, ground) = (try Self.ink(ink), try Self.ink(ground))
    #expect(try Self.contrast(ink.light, ground.light) >= 3)
    #expect(try Self.contrast(ink.dark, ground.dark) >= 3)
  }

  @Test func everyIDIsThereOnce() {
    let ids = html.matches(of: /\sid="([^"]*)"/).map { String($0.output.1) }
    #expect(Set(ids).count == ids.count)
    let named = html.matches(of: /aria-labelledby="([^"]*)"/).flatMap {
      $0.output.1.split(separator: " ").map(String.init)
    }
    #expect(Set(named).isSubset(of: Set(ids)))
    let linked = html.matches(of: /href="#([^"]*)"/).map { String($0.output.1) }
    #expect(!linked.isEmpty && Set(linked).isSubset(of: Set(ids)))
  }

  @Test func thereAreLandmarksAndHeadingsInOrder() throws {
    for landmark in ["<header>", "<nav aria-label=", "<main id=\"main\">", "<footer>"] {
      #expect(html.components(separatedBy: landmark).count == 2, "\(landmark)")
    }
    let levels = html.matches(of: /<h([1-6])/).compactMap { Int($0.output.1) }
    #expect(levels.first == 1)
    #expect(levels.filter { $0 == 1 }.count == 1)
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    #expect(html.contains("<html lang=\"en\">"))
  }

  @Test func everyTableHasACaptionAndHeadings() {
    let tables = html.components(separatedBy: "<table>").dropFirst()
    #expect(tables.count >= 8)
    for table in tables {
      #expect(table.contains("<caption id="))
      #expect(table.contains("<th scope=\"col\">"))
      #expect(table.contains("<th scope=\"row\">"))
    }
  }

  @Test func everyPictureHasATextInItsPlace() {
    let pictures = html.components(separatedBy: "<svg ").dropFirst()
    #expect(pictures.count == 4)
    for picture in pictures {
      #expect(picture.contains("role=\"img\""))
      #expect(picture.contains("<title id="))
      #expect(picture.contains("<desc id="))
    }
    #expect(html.contains("rule 100: from all fwmark 0x200 lookup 2005: missing"))
    #expect(html.contains("✓ restored"))
  }

  /// Every element that is opened is closed, in order.
  @Test func theMarkupIsBalanced() {
    var open: [String] = []
    for match in html.matches(of: /<(\/?)([a-z0-9]+)([^<>]*?)(\/?)>/) {
      let name = String(match.output.2)
      if ["meta", "br"].contains(name) || match.output.4 == "/" { continue }
      if match.output.1.isEmpty {
        open.append(name)
      } else {
        #expect(open.popLast() == name)
      }
    }
    #expect(open == [])
  }

  /// The same figures in every format.
  @Test func theFormatsAgree() {
    let report = ReportTests.report(.quarter)
    for text in ["libraries-of-networkd", "needrestart would restart systemd-networkd.service, which maps libc6"] {
      #expect(report.html.contains(text))
      #expect(report.markdown.contains(text))
      #expect(report.csv(.held).contains(text))
    }
    #expect(report.csv(.cves).split(separator: "\r\n").count == 1 + report.cves.count)
    #expect(report.csv(.deferred).contains("\"a phased update, offered to 20 % of machines and not to this one\""))
    #expect(report.csv(.exposure).contains("\"systemd\",\"252.38-1~deb12u1\",\"252.39-1~deb12u2\",\"no\",\"medium\""))
  }

  @Test func openVEXHasAStatementForEachHeldCVE() throws {
    let json = try #require(ReportTests.report(.quarter).openVEX(version: "0.1.0"))
    let statements = json["statements"]?.elements ?? []
    #expect(statements.map { $0["vulnerability"]?["name"] } == [.string("CVE-2026-3001"), .string("CVE-2026-3002")])
    #expect(statements.allSatisfy { $0["status"] == .string("affected") })
    let products = try #require(statements.first?["products"]).elements
    #expect(products[0]["@id"] == .string("pkg:deb/debian/glibc@2.36-9%2Bdeb12u10?arch=amd64"))
    let action = try #require(statements.first?["action_statement"]?.text)
    #expect(action.contains("libraries-of-networkd") && action.contains("2 people of @network approve it"))
  }
}

extension JSONValue {
  fileprivate var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
  fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
}
