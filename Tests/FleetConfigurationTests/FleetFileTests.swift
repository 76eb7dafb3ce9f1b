import Documents
import FleetConfiguration
import Foundation
import GateModel
import Rollout
import Testing
import TimeWindows

@Suite struct FleetFileTests {
  static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
  static let cases = (try? FileManager.default.contentsOfDirectory(atPath: fixtures.path).sorted()) ?? []
  static let example = fixtures.appending(path: "../../../dist/fleet.yaml").standardized

  @Test func casesAreThere() { #expect(Self.cases.count >= 5) }

  /// Each folder holds a file and, in expected.txt, all that is said about it. With `APT_GATE_RECORD=1` that is written
  /// anew, and the run fails.
  @Test(arguments: cases) func allErrorsAreSaidAtOnce(name: String) throws {
    let folder = Self.fixtures.appending(path: name)
    let text = try String(contentsOf: folder.appending(path: "fleet.yaml"), encoding: .utf8)
    let file = FleetFile.read(DocumentSource(name: "fleet.yaml", text: text))
    let said = file.diagnostics.map(\.rendered).joined(separator: "\n\n") + "\n"
    let golden = folder.appending(path: "expected.txt")
    if ProcessInfo.processInfo.environment["APT_GATE_RECORD"] == "1" {
      try Data(said.utf8).write(to: golden)
      Issue.record("recorded \(name): look at the difference, and run again without recording")
      return
    }
    #expect(try said == String(contentsOf: golden, encoding: .utf8))
    #expect(file.plan == nil, "a file with errors gives no plan")
  }

  @Test func theExampleIsGood() throws {
    let text = try String(contentsOf: Self.example, encoding: .utf8)
    let file = FleetFile.read(DocumentSource(name: "fleet.yaml", text: text))
    #expect(file.diagnostics.map(\.rendered) == [])
    let plan = try #require(file.plan)
    #expect(plan.rings.map(\.name) == ["canary", "early", "everyone"])
    #expect(plan.rings[0].slots == .count(1))
    #expect(plan.rings[1].slots == .percent(10))
    #expect(plan.rings[1].perDomain == ["rack": 1])
    #expect(plan.rings[2].approvals == ApprovalPlan(count: 2))
    #expect(plan.rings[2].windows.map(\.name) == ["office-hours"])
  }

  @Test func defaultsAreTheCarefulOnes() throws {
    let text = """
      apiVersion: apt-gate-fleet/v1
      groups: [{name: all, nodes: "*"}]
      rings: [{name: only, groups: all}]
      """
    let ring = try #require(FleetFile.read(DocumentSource(name: "f", text: text)).plan?.rings.first)
    #expect(ring.slots == .count(1))
    #expect(ring.failureBudget == .count(0))
    #expect(ring.minimumHealthy == .percent(100))
    #expect(ring.deadline == .seconds(1800))
  }

  @Test func groupsMatchByLabelAndName() throws {
    let text = """
      apiVersion: apt-gate-fleet/v1
      groups:
        - {name: web, labels: {role: [web, "edge-*"], zone: a}}
        - {name: named, nodes: "db-?"}
      rings: [{name: only, groups: [web, named]}]
      """
    let plan = try #require(FleetFile.read(DocumentSource(name: "f", text: text)).plan)
    func node(_ name: String, _ labels: [String: String]) -> FleetNode {
      FleetNode(name: name, labels: labels, seen: Timestamp(secondsSinceEpoch: 0))
    }
    #expect(plan.groups(of: node("x", ["role": "edge-7", "zone": "a"])) == ["web"])
    #expect(plan.groups(of: node("x", ["role": "edge-7"])) == [])
    #expect(plan.groups(of: node("db-1", ["role": "web", "zone": "a"])) == ["web", "named"])
    #expect(plan.assignment(of: node("db-10", [:])) == .none)
  }
}
