import Coordinator
import CoordinatorAPI
import FleetStore
import FleetStoreSQLite
import Foundation
import GateModel
import NIOHTTP1
import Rollout
import Testing

/// The pages: who sees them, what a form needs, and that nothing that a node wrote becomes markup.
@Suite struct PageTests {
  private static let rollout = "systemd%3D252.39-1"
  private static let paths = [
    "/", "/rollouts", "/rollouts/\(rollout)", "/held", "/held.csv", "/held/\(rollout)", "/held/\(rollout)/nodes.csv",
    "/nodes",
    "/nodes/node-1", "/approvals", "/audit",
  ]

  /// A fleet of two rings; node-1 holds the version and has asked for a slot.
  static func settle(_ coordinator: TestCoordinator, hostile: String = "a reason") async throws {
    let operatorClient = try coordinator.client("operator")
    let plan = try JSONEncoder().encode(
      ConfigurationChange(text: "first node-1 1 60\nrest node-* 1 60", replaces: nil, reason: "a test"))
    #expect(try await operatorClient.ask(.PUT, "/v1/fleet/configuration", body: Array(plan)).status == 200)
    let node = try coordinator.client("node-1")
    let request = CheckInRequest(
      labels: [hostile.isEmpty ? "label" : hostile: hostile], problem: hostile, summary: Self.summary(hostile))
    let answer = try await node.ask(.POST, "/v1/node/check-in", body: Array(try JSONEncoder().encode(request)))
    #expect(answer.status == 200, "\(answer.text)")
    let artifact = Artifact(
      name: "systemd", architecture: "amd64", version: "252.39-1", sha256: String(repeating: "a", count: 64))
    let well = CheckInRequest(labels: ["tier": "first"], summary: Self.summary(hostile))
    _ = try await node.ask(.POST, "/v1/node/check-in", body: Array(try JSONEncoder().encode(well)))
    let id = try #require(RolloutID("systemd=252.39-1"))
    let claim = ClaimRequest(rollout: id, artifacts: [artifact])
    let claimed = try await node.ask(.POST, "/v1/node/claims", body: Array(try JSONEncoder().encode(claim)))
    #expect(claimed.status == 200, "\(claimed.text)")
  }

  private static func summary(_ text: String) -> NodeSummary {
    let now = Timestamp(secondsSinceEpoch: 1_790_000_000)
    let decision = NodeAccount.Decision(
      source: "systemd", from: text, to: "252.39-1", verdict: "hold", rules: [text], message: text, clearsWhen: text,
      security: true, cves: [text], responsible: [text],
      effects: [NodeAccount.Effect(kind: "restart", unit: text, verb: text, certainty: "certain", basis: "candidate")],
      decided: now)
    let network = NodeAccount.Network(
      lost: 2, restored: 1, missing: 1, objects: [text, "other"], missingObjects: [text])
    let run = NodeAccount.Transaction(
      id: text, began: now, ended: now, result: "failed", message: text, subjects: [text], network: network)
    let held = NodeSummary.Held(source: "systemd", version: "252.39-1", verdict: "hold", message: text, since: now)
    let account = NodeAccount(
      decisions: [decision], transactions: [run],
      owedRestarts: [NodeAccount.OwedRestart(unit: text, since: now, sources: [text])],
      ledger: NodeAccount.Ledger(key: text, entries: 3, last: now))
    return NodeSummary(
      gate: text, distribution: text, kernel: text, held: [held], owedRestarts: [text], checkpoint: text,
      account: account)
  }

  // MARK: Who sees them

  @Test func nobodySeesAPageWithoutASession() async throws {
    try await TestCoordinator.run { coordinator in
      try await Self.settle(coordinator)
      let stranger = PageVisitor(coordinator)
      for path in Self.paths + ["/no-such-page"] {
        let answer = try await stranger.get(path)
        #expect(answer.status == 303, "\(path)")
        #expect(answer.headers.first(name: "Location")?.hasPrefix("/sign-in") == true, "\(path)")
        #expect(answer.body.isEmpty, "\(path)")
      }
      // A certificate is for programs: any site could have a browser show it.
      let page = try await coordinator.client("operator").ask(.GET, "/", headers: ["Accept": "text/html"])
      #expect(page.status == 303)
      // Programs are told as before.
      #expect(try await coordinator.stranger.ask(.GET, "/no-such-page").status == 401)
    }
  }

  @Test func signingInNeedsATokenThatReads() async throws {
    try await TestCoordinator.run { coordinator in
      var visitor = PageVisitor(coordinator)
      let wrong = try await visitor.signIn("aptgate_" + String(repeating: "0", count: 64))
      #expect(wrong.status == 401)
      #expect(visitor.cookie == nil)
      let node = try await TokenStore(coordinator.store).create(
        name: "node-1", roles: [.node], expires: nil, at: coordinator.clock.now)
      #expect(try await visitor.signIn(node.text).status == 403)
      #expect(visitor.cookie == nil)
      let good = try await TokenStore(coordinator.store).create(
        name: "vera", roles: [.viewer], expires: nil, at: coordinator.clock.now)
      let answer = try await visitor.signIn(good.text)
      #expect(answer.status == 303)
      let cookie = try #require(answer.headers.first(name: "Set-Cookie"))
      #expect(cookie.hasPrefix("__Host-apt-gate="))
      for flag in ["HttpOnly", "Secure", "SameSite=Strict", "Path=/", "Max-Age=28800"] {
        #expect(cookie.contains(flag))
      }
      #expect(!cookie.contains(good.text))
      // The store has neither the token nor the cookie.
      let secret = String(cookie.prefix { $0 != ";" }.suffix(64))
      for entry in try await coordinator.contents() {
        #expect(!entry.key.contains(secret) && !String(decoding: entry.value.bytes, as: UTF8.self).contains(secret))
      }
    }
  }

  @Test func everyPageIsThereForThoseWhoMay() async throws {
    try await TestCoordinator.run { coordinator in
      try await Self.settle(coordinator)
      let auditor = try await PageVisitor.signedIn(coordinator, "anna", [.auditor])
      for path in Self.paths {
        let answer = try await auditor.get(path)
        #expect(answer.status == 200, "\(path): \(answer.text.prefix(300))")
        guard !path.hasSuffix(".csv") else { continue }
        let policy = try #require(answer.headers.first(name: "Content-Security-Policy"))
        #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "\(path)")
        #expect(answer.headers.first(name: "Cache-Control") == "no-store")
        #expect(!answer.text.contains("style=") && !answer.text.contains("<style"), "\(path)")
        #expect(answer.text.contains("<html lang=\"en\">"))
      }
      let viewer = try await PageVisitor.signedIn(coordinator, "vera", [.viewer])
      #expect(try await viewer.get("/audit").status == 403)
      #expect(try await viewer.get("/no-such-page").status == 404)
      #expect(try await viewer.get("/nodes/nobody").status == 404)
    }
  }

  @Test func aSessionEnds() async throws {
    try await TestCoordinator.run { coordinator in
      let tokens = TokenStore(coordinator.store)
      let token = try await tokens.create(name: "vera", roles: [.viewer], expires: nil, at: coordinator.clock.now)
      var visitor = PageVisitor(coordinator)
      try await visitor.signIn(token.text)
      #expect(try await visitor.get("/").status == 200)
      // By its person, whatever the cookie does.
      let key = try await visitor.formKey()
      #expect(try await visitor.send("/sign-out", [:]).status == 403)
      #expect(try await visitor.send("/sign-out", ["csrf": key]).status == 303)
      #expect(try await visitor.get("/").status == 303)
      // With its token.
      try await visitor.signIn(token.text)
      #expect(try await visitor.get("/").status == 200)
      #expect(try await tokens.revoke(id: token.record.id))
      #expect(try await visitor.get("/").status == 303)
      // With its time.
      let other = try await PageVisitor.signedIn(coordinator, "otto", [.viewer])
      coordinator.clock.set(coordinator.clock.now.advanced(by: .seconds(8 * 3600 - 60)))
      #expect(try await other.get("/").status == 200)
      coordinator.clock.set(coordinator.clock.now.advanced(by: .seconds(60)))
      #expect(try await other.get("/").status == 303)
    }
  }

  // MARK: Forms

  @Test func aFormNeedsItsRoleAndItsSession() async throws {
    try await TestCoordinator.run { coordinator in
      try await Self.settle(coordinator)
      let viewer = try await PageVisitor.signedIn(coordinator, "vera", [.viewer])
      let olga = try await PageVisitor.signedIn(coordinator, "olga", [.operator, .auditor])
      let path = "/rollouts/\(Self.rollout)/halt"
      let key = try await olga.formKey()
      let before = try await coordinator.client("operator").ask(.GET, "/v1/rollouts").text
      func isRefused(_ visitor: PageVisitor, _ form: [String: String], _ headers: [String: String] = [:]) async throws {
        #expect(try await visitor.send(path, form, headers).status == 403)
      }
      try await isRefused(viewer, ["csrf": try await viewer.formKey(), "reason": "no"])
      try await isRefused(olga, ["reason": "no"])
      try await isRefused(olga, ["csrf": try await viewer.formKey(), "reason": "no"])
      try await isRefused(olga, ["csrf": key, "reason": "no"], ["Sec-Fetch-Site": "cross-site"])
      try await isRefused(olga, ["csrf": key, "reason": "no"], ["Origin": "https://elsewhere.example"])
      // Without a reason nothing is done.
      #expect(try await olga.send(path, ["csrf": key, "reason": " "]).status == 400)
      #expect(before.contains("\"status\":\"active\""))
      #expect(try await coordinator.client("operator").ask(.GET, "/v1/rollouts").text == before)
      let done = try await olga.send(
        path, ["csrf": key, "reason": "the disk <b>smells</b>"], ["Sec-Fetch-Site": "same-origin"])
      #expect(done.status == 303)
      let page = try await olga.get(done.headers.first(name: "Location") ?? "").text
      #expect(page.contains("the disk &lt;b&gt;smells&lt;/b&gt;"))
      #expect(page.contains("Halted. Nothing more is granted"))
      // Once more is refused, and says why.
      let again = try await olga.send(path, ["csrf": key, "reason": "again"])
      #expect(again.status == 409)
      #expect(again.text.contains("Not done"))
      let audit = try await olga.get("/audit").text
      #expect(audit.contains("the disk &lt;b&gt;smells&lt;/b&gt;") && audit.contains("Verified"))
    }
  }

  @Test func aProgramsRequestIsNotABrowsers() async throws {
    try await TestCoordinator.run { coordinator in
      try await Self.settle(coordinator)
      let client = try coordinator.client("operator")
      let answer = try await client.post(
        "/v1/rollouts/\(Self.rollout)/halt", json: #"{"reason": "no"}"#, headers: ["Sec-Fetch-Site": "cross-site"])
      #expect(answer.status == 403)
      #expect(try await client.post("/v1/rollouts/\(Self.rollout)/halt", json: #"{"reason": "yes"}"#).status == 204)
    }
  }

  @Test func aChangedAuditRecordIsFound() async throws {
    try await TestCoordinator.run { coordinator in
      try await Self.settle(coordinator)
      for _ in 0..<3 { _ = try await PageVisitor.signedIn(coordinator, "vera", [.viewer]) }
      let anna = try await PageVisitor.signedIn(coordinator, "anna", [.auditor])
      #expect(try await anna.get("/audit").text.contains("Verified"))
      let record = try #require(try await coordinator.contents().first { $0.key == "audit/entry/000000000002" })
      let text = String(decoding: record.value.bytes, as: UTF8.self).replacing("vera", with: "otto")
      _ = try await coordinator.store.transact(
        StoreTransaction(writes: [.put(key: record.key, bytes: Array(text.utf8))]))
      let page = try await anna.get("/audit").text
      #expect(page.contains("1 record on this page are not as they were written") && !page.contains("Verified"))
    }
  }

  // MARK: What nodes wrote

  @Test(arguments: [
    "<script>alert(1)</script>", "\" onmouseover=\"x", "<\u{301}b>", "\u{202e}\u{2066}txt.exe", "=cmd|'/c calc'!A1",
    "{{{x}}}",
  ])
  func nothingThatANodeWroteIsMarkup(_ text: String) async throws {
    try await TestCoordinator.run { coordinator in
      try await Self.settle(coordinator, hostile: text)
      let auditor = try await PageVisitor.signedIn(coordinator, "anna", [.auditor])
      for path in Self.paths {
        let page = try await auditor.get(path).text
        for scalar in page.unicodeScalars { #expect(!["\u{202e}", "\u{2066}"].contains(scalar), "\(path)") }
        if path.hasSuffix(".csv") {
          #expect(!page.contains("\"="), "\(path)")
        } else {
          for raw in ["<script>alert", "<\u{301}b", "\" onmouseover"] {
            #expect(!page.unicodeScalars.contains(Array(raw.unicodeScalars)), "\(path)")
          }
        }
      }
    }
  }

  @Test func theListOfHeldVersionsFollowsTheNodes() async throws {
    try await TestCoordinator.run { coordinator in
      try await Self.settle(coordinator)
      let viewer = try await PageVisitor.signedIn(coordinator, "vera", [.viewer])
      #expect(try await viewer.get("/held?q=252.39").text.contains("/held/systemd%3D252.39-1"))
      #expect(try await viewer.get("/held?q=nothing-like-it").text.contains("Nothing that is held matches"))
      #expect(try await viewer.get("/held?verdict=stage").text.contains("Nothing that is held matches"))
      #expect(try await viewer.get("/held/\(Self.rollout)").text.contains("/nodes/node-1"))
      let empty = CheckInRequest(labels: [:], summary: NodeSummary())
      let node = try coordinator.client("node-1")
      _ = try await node.ask(.POST, "/v1/node/check-in", body: Array(try JSONEncoder().encode(empty)))
      #expect(try await viewer.get("/held").text.contains("Nothing that is held matches"))
      #expect(try await viewer.get("/held/\(Self.rollout)").text.contains("No node holds it"))
    }
  }
}
