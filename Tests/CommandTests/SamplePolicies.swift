import Documents
import GateModel
import Policy

@testable import apt_gate

/// Made-up policies with something of everything: conditions, windows, tests that pass and fail, errors, warnings.
enum SamplePolicies {
  static let web = """
    apiVersion: apt-gate/v1
    name: web
    description: The web server restarts at night.
    gated:
      - source: nginx
    windows:
      - name: nights
        timeZone: Europe/Berlin
        from: "22:00"
        to: "05:00"
    rules:
      - id: web-any
        match: {source: nginx}
        effect: allow
        message: nginx may apply
      - id: web-nights
        match: {source: nginx}
        outside: nights
        when: |
          !update.security
            && effects.exists(e, e.kind == "restart")
        effect: defer
        message: "{update.source} restarts {effects.units}"
      - id: web-routes
        match: {source: nginx}
        when: network.atRisk.count > 0
        effect: {approve: {count: 2, from: "@net"}}
        message: routes are at risk
    escalations:
      - id: web-late
        match: {source: nginx}
        after: 14d
        to: "@security"
        message: nginx waits for too long

    """

  static let webTests = """
    apiVersion: apt-gate/v1
    facts:
      now: 2026-11-21T12:00:00Z
      update: {source: nginx, from: 1.22.1-9, to: 1.22.1-10}
      network: {networkd: {running: true}}
    cases:
      - name: nothing restarts
        facts: {}
        expect: {verdict: allow, decidedBy: web-any}
      - name: by day it waits
        facts:
          effects:
            - {kind: restart, unit: nginx.service, certainty: certain}
        expect:
          verdict: defer
          decidedBy: web-nights
          message: nginx restarts nginx.service
          clearsWhen: 2026-11-21 22:00 Europe/Berlin, when window `nights` opens, or `apt-gate approve nginx`

    """

  /// Wrong in many ways, one of them inside an expression in a block scalar.
  static let broken = """
    apiVersion: apt-gate/v1
    name: broken
    rules:
      - id: one
        match: {sorce: nginx}
        effect: hodl
        message: "{update.source}"
      - id: two
        match: {source: nginx}
        when: |
          update.security &&
            update.sorce == "nginx"
        effect: {approve: {count: 3, from: [ann, bob]}}
        message: x
      - id: two
        match: {security: no}
        effect: hold
        message: y

    """

  /// A rule that can never fire and one that a stricter one covers.
  static let doubtful = """
    apiVersion: apt-gate/v1
    name: doubtful
    rules:
      - id: never
        match: {source: foo}
        when: "false"
        effect: defer
        message: never
      - id: strict
        match: {source: "foo*"}
        effect: {hold: {maximum: 30d}}
        message: strict
      - id: covered
        match: {source: foo}
        effect: stage
        message: covered

    """

  static let folders = [
    folder("web", web, webTests.replacing("verdict: allow", with: "verdict: hold")), folder("doubtful", doubtful, nil),
    folder("all", nil, "cases: ["),
  ]

  static func folder(_ name: String, _ policy: String?, _ tests: String?) -> PolicyTestSuite.Folder {
    PolicyTestSuite.Folder(
      name: name, policy: policy.map { DocumentSource(name: "\(name)/policy.yaml", text: $0) },
      tests: tests.map { DocumentSource(name: "\(name)/tests.yaml", text: $0) })
  }

  static let check = PolicyCheck(folders + [folder("broken", broken, nil)], context: PolicyContext())
  static let suite = PolicyTestSuite(folders)
  static let set = PolicySet.load(folders.compactMap(\.policy)).set

  /// nginx by day without and with known network, and foo.
  static let facts: [Facts] = {
    let nginx = SampleReport.change("nginx", "1.22.1-9", "1.22.1-10", binaries: ["nginx", "nginx-common"])
    let noon = Timestamp("2026-11-21T12:00:00Z")
    let restart = [SampleReport.effect(.restart, unit: "nginx.service", verb: "restart")]
    return [
      Facts(change: nginx, effects: restart, node: SampleReport.node.facts, now: noon),
      Facts(
        change: nginx, effects: restart, heldSince: Timestamp("2026-11-01T12:00:00Z"),
        network: NetworkFacts(networkd: NetworkdFacts(running: true)), now: noon),
      Facts(change: SampleReport.change("zsh", nil, "5", action: .install, binaries: ["zsh"]), effects: [], now: noon),
    ]
  }()

  static let expression = ExpressionResults("update.security || network.atRisk.count == 0", on: facts)
  static let wrongExpression = ExpressionResults("update.sorce && 1 +", on: facts)
  static let verdicts = PolicyResults(set, on: facts)
  static let diff = PolicyDiff(
    set, PolicySet.load(files: [(path: "web.yaml", text: web.replacing("effect: defer", with: "effect: allow"))]).set,
    recorded: facts)
}
