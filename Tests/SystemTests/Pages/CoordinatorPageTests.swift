import CoordinatorAPI
import Foundation
import Rollout
import Testing

/// The coordinator's pages as a real browser shows them, over a fleet that has been through something.
///
/// Pictures of all of them are kept: see ``Screenshots``.
@Suite("the coordinator's pages in a browser", Browser.trait, .serialized)
struct CoordinatorPageTests {
  /// The order for `id`, among several on a page.
  private static func form(_ order: String, _ id: String) -> String {
    "form[action=\"\(PageFleet.path(of: id))/\(order)\"]"
  }

  private static func signIn(_ tab: BrowserTab, _ token: String) async throws {
    try await tab.type(token, into: "#token")
    try await tab.follow("main button")
  }

  @Test("somebody signs in, filters held updates, looks at drift, approves and halts", .timeLimit(.minutes(5)))
  func whatAnOperatorDoes() async throws {
    let fleet = try await PageFleet.lived()
    let token = try await fleet.token(of: "olga", .operator, .approver, .auditor)
    let tab = try await BrowserTab()

    // Whoever is not signed in comes to where one does, and afterwards to where one was going.
    try await tab.open(fleet.url + "/held")
    #expect(try await tab.path() == "/sign-in?next=%2Fheld")
    try await Self.signIn(tab, "aptgate_" + String(repeating: "0", count: 64))
    #expect(try await tab.texts(of: "[role=alert]") == ["That is no token that is in force."])
    #expect(try await tab.count(of: ".person") == 0)
    try await Self.signIn(tab, token)
    #expect(try await tab.path() == "/held")
    #expect(try await tab.texts(of: ".person b") == ["olga"])

    try await Self.looksAtTheFleet(tab, fleet)
    try await Self.filtersHeldUpdates(tab, fleet)
    try await Self.looksAtDrift(tab, fleet)
    try await Self.approvesAndHalts(tab, fleet)

    try await tab.follow(".person button")
    #expect(try await tab.path() == "/sign-in")
    try await tab.open(fleet.url + "/audit")
    #expect(try await tab.path() == "/sign-in?next=%2Faudit")
    let complaints = await tab.complaints()
    #expect(complaints == [])
  }

  private static func looksAtTheFleet(_ tab: BrowserTab, _ fleet: PageFleet) async throws {
    try await tab.follow(".menu a[href=\"/\"]")
    let figures = try await tab.texts(of: ".figures div").map { $0.replacing(/\s+/, with: "") }
    #expect(figures.contains { $0.hasPrefix("Nodes\(PageFleet.workers + 2)1notwell") }, "\(figures)")
    #expect(figures.contains("Ontheirway2rollouts") && figures.contains("Halted1rollout"), "\(figures)")
    #expect(figures.contains("Ledgeralarms1node"), "\(figures)")
    #expect(try await tab.texts(of: "h3 a").sorted() == [PageFleet.halted, PageFleet.underway, PageFleet.waiting])
    #expect(try await tab.texts(of: "[role=alert]").contains { $0.contains("\(PageFleet.halted) is halted") })
  }

  private static func filtersHeldUpdates(_ tab: BrowserTab, _ fleet: PageFleet) async throws {
    try await tab.follow(".menu a[href=\"/held\"]")
    #expect(try await tab.count(of: "tbody tr") == 50)
    try await tab.follow(".pager a:last-of-type")
    #expect(try await tab.count(of: "tbody tr") == PageFleet.workers + 1 - 50)
    // The script filters while somebody types, and says so in the address.
    try await tab.type("PACKAGE-17", into: "#q")
    try await tab.wait(until: "document.querySelectorAll('tbody tr').length === 1")
    #expect(try await tab.texts(of: "tbody th") == ["package-17"])
    #expect(try await tab.path().contains("q=PACKAGE-17"))
    // What is downloaded is what is shown.
    let csv = String(decoding: try await tab.download("a[href^=\"/held.csv\"]"), as: UTF8.self)
    let lines = csv.split(whereSeparator: \.isNewline)
    #expect(lines.count == 2 && lines[0].contains("source"), "\(csv)")
    #expect(lines.last?.contains("package-17") == true)

    try await tab.open(fleet.url + "/held")
    try await tab.choose("stage", in: "#verdict")
    try await tab.wait(until: "document.querySelectorAll('tbody tr').length === 1")
    #expect(try await tab.texts(of: "tbody th") == ["systemd"])
    #expect(try await tab.texts(of: "tbody td.number") == ["\(PageFleet.workers)"])
    // Without a word of it in the address, the button does the same.
    try await tab.follow("form.filter button")
    #expect(try await tab.path() == "/held?q=&verdict=stage&sort=nodes")
    #expect(try await tab.texts(of: "tbody th") == ["systemd"])

    try await tab.open(fleet.url + "/held")
    #expect(try await tab.texts(of: "tbody th").first == "systemd", "most nodes first")
    try await tab.follow("thead a[href*=\"sort=source\"]")
    #expect(try await tab.texts(of: "tbody th").first == "package-01")
    #expect(try await tab.count(of: "th[aria-sort=ascending]") == 1)
    try await tab.follow("tbody tr:first-child a")
    #expect(try await tab.texts(of: "tbody th") == [PageFleet.hurt])
  }

  private static func looksAtDrift(_ tab: BrowserTab, _ fleet: PageFleet) async throws {
    try await tab.follow("tbody th a")
    #expect(try await tab.path() == "/nodes/\(PageFleet.hurt)")
    #expect(try await tab.texts(of: ".drift summary") == ["What it took from the network"])
    #expect(try await tab.count(of: ".drift[open] svg path.wire.restored") == PageFleet.routes.count - 1)
    #expect(try await tab.count(of: ".drift[open] svg path.wire.missing") == 1)
    let words = try await tab.texts(of: ".drift svg text")
    // An object may take several lines.
    let text = words.joined(separator: " ")
    for route in PageFleet.routes { #expect(text.contains(route)) }
    #expect(words.contains("✗ missing"))
    // It is drawn, and as large as its room.
    let width: Double = try await tab.value(of: "document.querySelector('.drift svg').getBoundingClientRect().width")
    #expect(width > 400)
    try await tab.click(".drift summary")
    try await tab.wait(until: "!document.querySelector('.drift').open")
    try await tab.click(".drift summary")
    try await tab.wait(until: "document.querySelector('.drift svg').checkVisibility()")
    try Screenshots.keep(["drift.png": try await tab.picture()])
  }

  private static func approvesAndHalts(_ tab: BrowserTab, _ fleet: PageFleet) async throws {
    let (waiting, underway) = (try PageFleet.id(PageFleet.waiting), try PageFleet.id(PageFleet.underway))
    try await tab.follow(".menu a[href=\"/approvals\"]")
    let approval = form("approve", PageFleet.waiting)
    // Without a reason the browser does not even ask.
    try await tab.click("\(approval) button")
    #expect(try await tab.value(of: "document.activeElement.name") == "reason")
    #expect(try await tab.path() == "/approvals")
    #expect(try await fleet.report(of: waiting).rings[1].approvals.isEmpty)
    try await tab.type("the canaries are well <b>indeed</b>", into: "\(approval) textarea")
    try await tab.follow("\(approval) button")
    #expect(try await tab.path() == "\(PageFleet.path(of: PageFleet.waiting))?done=approve")
    #expect(try await tab.texts(of: "[role=status]") == ["Your approval is recorded."])
    #expect(try await tab.texts(of: ".timeline li").contains { $0.contains("the canaries are well <b>indeed</b>") })
    #expect(try await tab.count(of: form("approve", PageFleet.waiting)) == 0, "nobody approves twice")
    let approved = try await fleet.report(of: waiting).rings[1]
    #expect(approved.approvals.map(\.by) == ["olga"] && approved.state == .open)

    try await tab.open(fleet.url + PageFleet.path(of: PageFleet.underway))
    #expect(try await fleet.report(of: underway).status == .active)
    let halt = form("halt", PageFleet.underway)
    try await tab.type("handshakes fail", into: "\(halt) textarea")
    try await tab.follow("\(halt) button")
    #expect(
      try await tab.texts(of: "[role=status]") == ["Halted. Nothing more is granted until the rollout is resumed."])
    #expect(try await tab.text().contains("halted by olga: handshakes fail"))
    #expect(try await tab.count(of: halt) == 0)
    #expect(try await tab.count(of: form("resume", PageFleet.underway)) == 1)
    let report = try await fleet.report(of: underway)
    #expect(report.status == .halted && report.note?.by == "olga" && report.note?.reason == "handshakes fail")

    try await tab.follow(".menu a[href=\"/audit\"]")
    let rows = try await tab.texts(of: "tbody tr").map {
      $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    #expect(rows[0].contains("olga") && rows[0].contains("halt") && rows[0].contains(PageFleet.underway), "\(rows[0])")
    #expect(rows[0].contains("handshakes fail") && rows[0].hasSuffix("intact"))
    #expect(rows[1].contains("approve") && rows[1].contains("the canaries are well <b>indeed</b>"), "\(rows[1])")
    #expect(rows[2].contains("sign-in") && rows[2].contains("olga"))
    #expect(try await tab.texts(of: "[role=status]").contains { $0.hasPrefix("Verified") })
  }

  @Test("who only reads sees no form that does something", .timeLimit(.minutes(5)))
  func whatAViewerSees() async throws {
    let fleet = try await PageFleet.lived()
    let tab = try await BrowserTab()
    try await tab.open(fleet.url)
    try await Self.signIn(tab, try await fleet.token(of: "vera", .viewer))
    for path in ["/", "/approvals", PageFleet.path(of: PageFleet.waiting), PageFleet.path(of: PageFleet.underway)] {
      try await tab.open(fleet.url + path)
      #expect(try await tab.path() == path)
      #expect(try await tab.count(of: "main form") == 0, "\(path)")
      #expect(try await tab.count(of: ".menu a[href=\"/audit\"]") == 0)
    }
    #expect(try await tab.text().contains(PageFleet.underway))
    try await tab.open(fleet.url + "/approvals")
    #expect(try await tab.text().contains("Approving takes the role approver."))
    try await tab.open(fleet.url + "/audit")
    #expect(try await tab.texts(of: "h1") == ["Not allowed"])
    let complaints = await tab.complaints()
    #expect(complaints == [])
  }
}
