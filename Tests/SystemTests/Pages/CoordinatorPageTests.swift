import Foundation
import Testing

/// The coordinator's pages in a real browser: what an operator does, and that everybody can.
///
/// The pictures are kept in the folder that `APT_GATE_ARTIFACTS` names, if it does.
@Suite(
  "the coordinator's pages in a browser", LabRequirements.trait, .serialized,
  .enabled(if: Browser.isInstalled, "chromium-headless-shell is not installed"))
struct CoordinatorPageTests {
  private static let rollout = "/rollouts/systemd%3D252.39-1~deb12u1"
  private static let pages = [
    "sign-in": "/sign-in", "fleet": "/", "rollouts": "/rollouts", "rollout": rollout, "held": "/held",
    "held-version": "/held/systemd%3D252.39-1~deb12u1", "nodes": "/nodes", "node": "/nodes/can-02",
    "approvals": "/approvals", "audit": "/audit", "nowhere": "/no-such-page",
  ]

  private static func signIn(_ tab: BrowserTab, _ fleet: PageFleet, to path: String = "/") throws {
    try tab.open(fleet.url + path)
    try tab.type(fleet.token, into: "Token")
    try tab.arriving { try tab.click("button", saying: "Sign in") }
  }

  @Test("a person signs in, filters, looks at drift, approves and halts", .timeLimit(.minutes(5)))
  func aPersonDoesTheirWork() throws {
    let fleet = try PageFleet()
    let tab = try BrowserTab()
    // From where one wanted to go, back there.
    try Self.signIn(tab, fleet, to: "/held")
    #expect(try tab.evaluate("location.pathname") as? String == "/held")

    // Typed, without a click: the script fetches what matches.
    #expect(try tab.text.contains("containerd"))
    try tab.type("networkd", into: "Source, version or reason")
    try tab.until("!document.body.innerText.includes('containerd')")
    #expect(try tab.text.contains("252.39-1~deb12u1"))
    #expect(try tab.evaluate("location.search") as? String == "?q=networkd&sort=nodes")

    try tab.open(fleet.url + "/nodes/can-02")
    try tab.until("document.querySelector('details.drift').open")
    #expect(try tab.evaluate("document.querySelectorAll('.wire.restored').length") as? Int == 2)
    #expect(try tab.evaluate("document.querySelectorAll('.wire.missing').length") as? Int == 1)
    #expect(try tab.text.contains("rule 512: from all lookup 2004"))
    try tab.click("details.drift summary", saying: "What it took")
    try tab.until("!document.querySelector('details.drift').open")

    try tab.open(fleet.url + "/approvals")
    try tab.type("the canaries look well", into: "Let ring rest of systemd=252.39-1~deb12u1 open")
    try tab.arriving { try tab.click("button", saying: "Approve") }
    #expect(try tab.text.contains("Your approval is recorded."))
    #expect(try tab.text.contains("the canaries look well"))

    try tab.type("the pager rings", into: "Halt systemd=252.39-1~deb12u1")
    try tab.arriving { try tab.click("button", saying: "Halt") }
    #expect(try tab.text.contains("halted by olga: the pager rings"))
    try Browser.keep(pictures(of: tab, "halted"))

    try tab.open(fleet.url + "/audit")
    let log = try tab.text
    for word in ["Verified", "the pager rings", "the canaries look well", "sign-in"] {
      #expect(log.contains(word), "\(word)")
    }
    #expect(tab.complaints == [])
    #expect(tab.hosts == ["127.0.0.1"])

    try tab.arriving { try tab.click("button", saying: "Sign out") }
    try tab.open(fleet.url + "/")
    #expect(try tab.evaluate("location.pathname") as? String == "/sign-in")
  }

  private func pictures(of tab: BrowserTab, _ name: String) throws -> [String: Data] {
    var pictures: [String: Data] = [:]
    for form in Browser.Form.allCases { pictures["page-\(name)-\(form.rawValue).png"] = try tab.draw(as: form) }
    return pictures
  }

  @Test("every page renders and works without scripts", .timeLimit(.minutes(5)))
  func noScriptIsNeeded() throws {
    let fleet = try PageFleet()
    let tab = try BrowserTab()
    try tab.allowScripts(false)
    try Self.signIn(tab, fleet)
    for (name, path) in Self.pages where name != "sign-in" {
      try tab.open(fleet.url + path)
      #expect(try tab.evaluate("document.querySelectorAll('main h1').length") as? Int == 1, "\(name)")
    }
    try tab.open(fleet.url + "/held")
    try tab.type("networkd", into: "Source, version or reason")
    try tab.arriving { try tab.click("button", saying: "Filter") }
    #expect(try !tab.text.contains("containerd"))
    try tab.open(fleet.url + Self.rollout)
    try tab.type("no reason but a test", into: "Halt systemd=252.39-1~deb12u1")
    try tab.arriving { try tab.click("button", saying: "Halt") }
    #expect(try tab.text.contains("halted by olga: no reason but a test"))
  }

  @Test("axe finds nothing on any page, light, dark and on a phone", .timeLimit(.minutes(10)))
  func everyPageIsAccessible() throws {
    let fleet = try PageFleet()
    let axe = try AccessibilityCheck()
    let tab = try BrowserTab()
    try Self.signIn(tab, fleet)
    for (name, path) in Self.pages {
      try tab.open(fleet.url + path)
      var pictures: [String: Data] = [:]
      for form in Browser.Form.allCases {
        pictures["page-\(name)-\(form.rawValue).png"] = try tab.draw(as: form)
        let findings = try axe.findings(in: tab)
        #expect(findings == [], "\(name), \(form.rawValue)")
        let isTooWide = try tab.evaluate("document.documentElement.scrollWidth > innerWidth + 1") as? Bool
        #expect(isTooWide == false, "\(name), \(form.rawValue)")
      }
      #expect(pictures["page-\(name)-light.png"] != pictures["page-\(name)-dark.png"])
      try Browser.keep(pictures)
    }
  }

  @Test("the check finds what is wrong", .timeLimit(.minutes(2)))
  func theCheckFindsWhatIsWrong() throws {
    let fleet = try PageFleet()
    let tab = try BrowserTab()
    try tab.open(fleet.url + "/sign-in")
    try tab.evaluate("document.querySelector('label').remove(); document.documentElement.removeAttribute('lang')")
    let findings = try AccessibilityCheck().findings(in: tab)
    #expect(findings.contains { $0.contains("label") } && findings.contains { $0.contains("html-has-lang") })
  }
}

/// axe-core (of Deque Systems, MPL 2.0), as a package of the Python Package Index ships it: Debian has none.
struct AccessibilityCheck {
  private static let package = "axe-playwright-python==0.1.8"
  private let script: String

  init() throws {
    let folder = try ScratchFolder()
    let answer = try Browser.run([
      "/usr/bin/env", "python3", "-m", "pip", "download", "-q", "--no-deps", "-d", folder.path, Self.package,
    ])
    try #require(answer.status == 0, "\(answer.error)")
    let unpack = """
      import glob, sys, zipfile
      sys.stdout.write(zipfile.ZipFile(glob.glob(sys.argv[1] + "/*.whl")[0]).read("axe_playwright_python/axe.min.js").decode())
      """
    script = try Browser.run(["/usr/bin/env", "python3", "-c", unpack, folder.path]).output
    try #require(script.contains("axe v4"))
  }

  /// What breaks a rule, of any weight: the rule with the first element.
  func findings(in tab: BrowserTab) throws -> [String] {
    try tab.evaluate("window.axe || (() => { \(script); })(); 1")
    let found = try tab.evaluate(
      """
      axe.run(document, {resultTypes: ["violations"]})
        .then(r => r.violations.map(v => `${v.impact} ${v.id}: ${v.nodes[0].html}`))
      """)
    return try #require(found as? [String])
  }
}
