import Foundation
import Ledger
import LedgerLog
import LedgerSamples
import Testing

/// The report as a real browser shows it: light, dark, on a phone and on paper.
///
/// The pictures are kept: see ``Screenshots``.
@Suite(
  "the report in a browser", LabRequirements.trait,
  .enabled(if: Browser.isInstalled, "chromium-headless-shell is not installed"))
struct ReportPageTests {
  private static func page(_ history: SampleHistory, in folder: ScratchFolder) throws -> String {
    let state = folder.path + "/state"
    try FileManager.default.createDirectory(
      atPath: state, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let ledger = try NodeLedger.open(state: state, node: history.node, deadline: .seconds(20))
    for line in history.lines { try ledger.append([line.body], actor: line.actor, at: line.time) }
    let page = folder.path + "/report.html"
    let until = "\(SampleHistory.day(90))"
    let program = LabFolder.program.path
    let outcome = try Browser.run([program, "report", "--state", state, "--until", until, "--output", page])
    #expect(outcome.status == 0, "\(outcome.error)")
    return page
  }

  @Test("it is drawn in every form", .timeLimit(.minutes(3)))
  func everyFormIsDrawn() throws {
    let folder = try ScratchFolder()
    let page = try Self.page(.quarter, in: folder)
    var pictures: [String: Data] = [:]
    for form in Browser.Form.allCases {
      let picture = "\(folder.path)/report-\(form.rawValue).png"
      try Browser.draw(page, as: form, to: picture)
      let data = try Data(contentsOf: URL(filePath: picture))
      #expect(data.starts(with: [0x89, 0x50, 0x4E, 0x47]), "\(form)")
      #expect(data.count > 20_000, "\(form): an empty page is smaller")
      pictures["report-\(form.rawValue).png"] = data
    }
    // The colours do follow the reader's wish.
    #expect(pictures["report-light.png"] != pictures["report-dark.png"])
    try Screenshots.keep(pictures)
  }

  @Test("it can be printed", .timeLimit(.minutes(3)))
  func itCanBePrinted() throws {
    let folder = try ScratchFolder()
    let page = try Self.page(.quarter, in: folder)
    let paper = folder.path + "/report.pdf"
    try Browser.print(page, to: paper)
    let data = try Data(contentsOf: URL(filePath: paper))
    #expect(data.starts(with: "%PDF-".utf8))
    try Screenshots.keep(["report-paper.pdf": data])
  }

  /// What the browser's own parser makes of a hostile page: no element that the page of harmless texts does not have.
  @Test("no hostile text becomes an element", .timeLimit(.minutes(10)))
  func noHostileTextBecomesAnElement() throws {
    let folder = try ScratchFolder()
    let harmless = try Browser.elements(of: Self.page(.hostile("harmless"), in: folder))
    #expect(harmless.count > 100)
    for attack in SampleHistory.attacks where !attack.allSatisfy(\.isWhitespace) {
      let folder = try ScratchFolder()
      let elements = try Browser.elements(of: Self.page(.hostile(attack), in: folder))
      #expect(elements == harmless, "\(attack.debugDescription)")
    }
  }
}
