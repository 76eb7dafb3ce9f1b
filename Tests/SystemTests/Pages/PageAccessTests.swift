import CoordinatorAPI
import Foundation
import Rollout
import Testing

/// Every page for everybody: with a keyboard, a screen reader, a phone, in the dark, without scripts.
@Suite("the coordinator's pages for everybody", Browser.trait, .serialized)
struct PageAccessTests {
  /// What an operator, approver and auditor can open, by the name of its picture.
  private static let pages = [
    ("fleet", "/"), ("rollouts", "/rollouts"), ("rollout-waiting", PageFleet.path(of: PageFleet.waiting)),
    ("rollout-underway", PageFleet.path(of: PageFleet.underway)),
    ("rollout-halted", PageFleet.path(of: PageFleet.halted)),
    ("held", "/held"), ("held-none", "/held?q=nothing-like-it"), ("held-version", "/held/systemd%3D257.9-1~deb13u1"),
    ("nodes", "/nodes"), ("node-hurt", "/nodes/\(PageFleet.hurt)"), ("node-hostile", "/nodes/\(PageFleet.hostile)"),
    ("node-rewritten", "/nodes/\(PageFleet.rewritten)"), ("approvals", "/approvals"), ("audit", "/audit"),
    ("not-found", "/nodes/nobody"),
  ]

  @Test("axe and our own checks find nothing on any page", .timeLimit(.minutes(10)))
  func nothingIsInTheWay() async throws {
    let axe = try await AxeCore.source()
    let fleet = try await PageFleet.lived()
    let tab = try await BrowserTab()
    try await tab.open(fleet.url + "/sign-in")
    try await Self.check(tab, "sign-in", axe)
    try await tab.type("no token", into: "#token")
    try await tab.follow("main button")
    try await Self.check(tab, "sign-in-refused", axe)
    try await tab.type(try await fleet.token(of: "olga", .operator, .approver, .auditor), into: "#token")
    try await tab.follow("main button")
    for (name, path) in Self.pages {
      try await tab.open(fleet.url + path)
      #expect(try await tab.path() == path)
      try await Self.check(tab, name, axe)
    }
    // Nothing that a node said was run, and the content security policy was broken nowhere.
    let complaints = await tab.complaints()
    #expect(complaints == [])
  }

  private static func check(_ tab: BrowserTab, _ name: String, _ axe: String) async throws {
    let title: String = try await tab.value(of: "document.title")
    #expect(title.hasSuffix(" · apt-gate"), "\(name): \(title)")
    try await PageChecks.expectAccess(to: name, in: tab, axe)
  }

  /// A check that cannot fail is none.
  @Test("the checks find what is wrong", .timeLimit(.minutes(5)))
  func theChecksFindWhatIsWrong() async throws {
    let axe = try await AxeCore.source()
    let tab = try await BrowserTab()
    let folder = try ScratchFolder()
    let file = folder.path + "/bad.html"
    try """
    <!DOCTYPE html><html><head><title></title><style>:focus{outline:none}</style></head><body><h1>One</h1><h3>Three</h3>
    <p style="color:#999">Grey on white, which few can read.</p><input id="a"><a id="a" href="#"></a>
    <table><tr><th>Head</th></tr></table><svg width="9" height="9"></svg><img src="x"><div id="wide">wide</div>
    <svg viewBox="0 0 8000 10" width="4000" height="5"><text y="9" font-size="12">small</text></svg>
    <script>document.querySelector("#wide").style.width = "3000px"</script></body></html>
    """.write(toFile: file, atomically: true, encoding: .utf8)
    try await tab.open("file://\(file)")
    let found = try await PageChecks.findings(in: tab)
    for text in [
      "no language", "no title", "0 of main", "h1 is followed by", "no label", "no scope", "no text:", "no text for it",
      "no name", "two elements are #a", "a style of its own", "wide on", "contrast 2.8",
      "not on the screen", "a text of 6.0 px",
    ] {
      #expect(found.contains { $0.contains(text) }, "\(text) in \(found)")
    }
    #expect(try await PageChecks.hiddenFocus(in: tab).contains { $0.hasPrefix("no outline") })
    try await AxeCore.enter(tab, axe)
    let rules = try await AxeCore.findings(in: tab)
    for rule in ["html-has-lang", "color-contrast", "label", "link-name", "image-alt"] {
      #expect(rules.contains { $0.hasPrefix("\(rule) (") }, "\(rule) in \(rules)")
    }
  }

  @Test("pages and forms work without scripts", .timeLimit(.minutes(5)))
  func nothingNeedsScripts() async throws {
    let fleet = try await PageFleet.lived()
    let tab = try await BrowserTab()
    try await tab.show(on: .desk)
    try await tab.scripts(areOn: false)
    try await tab.open(fleet.url + "/held")
    // The inspector still answers; the page's own script, which gives times a title, has not run.
    try await tab.type(try await fleet.token(of: "olga", .operator, .auditor), into: "#token")
    try await tab.follow("main button")
    #expect(try await tab.path() == "/held")
    #expect(try await tab.count(of: "time") > 0)
    #expect(try await tab.count(of: "time[title]") == 0)
    try await tab.type("package-17", into: "#q")
    try await tab.choose("hold", in: "#verdict")
    try await tab.follow("form.filter button")
    #expect(try await tab.path() == "/held?q=package-17&verdict=hold&sort=nodes")
    #expect(try await tab.texts(of: "tbody th") == ["package-17"])
    for (name, path) in Self.pages {
      try await tab.open(fleet.url + path)
      #expect(try await tab.path() == path)
      #expect(try await PageChecks.findings(in: tab) == [], "\(name)")
    }
    try await tab.open(fleet.url + "/nodes/\(PageFleet.hurt)")
    #expect(try await tab.count(of: "svg path.wire") == PageFleet.routes.count)
    let halt = "form[action=\"\(PageFleet.path(of: PageFleet.waiting))/halt\"]"
    try await tab.open(fleet.url + PageFleet.path(of: PageFleet.waiting))
    try await tab.type("no scripts here", into: "\(halt) textarea")
    try await tab.follow("\(halt) button")
    #expect(
      try await tab.texts(of: "[role=status]") == ["Halted. Nothing more is granted until the rollout is resumed."])
    #expect(try await fleet.report(of: PageFleet.id(PageFleet.waiting)).note?.reason == "no scripts here")
    try await tab.scripts(areOn: true)
    try await tab.open(fleet.url + "/held")
    #expect(try await tab.count(of: "time[title]") > 0, "with scripts, times have a title")
  }
}
