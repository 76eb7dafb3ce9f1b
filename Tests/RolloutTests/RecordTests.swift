import Foundation
import GateModel
import Rollout
import RolloutCoordination
import Testing

/// The forms that lie in a store: they must be read by the next version, too.
@Suite struct RecordTests {
  private func json(_ record: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(record), as: UTF8.self)
  }

  @Test func headsHaveTheirForm() throws {
    var fleet = try SampleFleet()
    _ = try fleet.grant("c1")
    let head = """
      {"created":"2026-03-02T00:00:00Z","id":"systemd=252.39-1~deb12u1","journalLength":2,"rings":{"canary":\
      {"approvals":[],"counts":{"granted":1},"forgiven":0,"opened":"2026-03-02T00:00:00Z","population":1,"unproven":0},\
      "workers":{"approvals":[],"counts":{},"forgiven":0,"population":4,"unproven":0}},"status":"active"}
      """
    #expect(try json(fleet.machine.head) == head)
    #expect(try JSONDecoder().decode(RolloutHead.self, from: Data(head.utf8)) == fleet.machine.head)
    #expect(try json(fleet.machine.book) == #"{"domains":{"rack=r1":1},"lastToken":1,"rings":{"canary":1}}"#)
  }

  @Test func nodesHaveTheirForm() throws {
    var fleet = try SampleFleet()
    _ = try fleet.grant("c1")
    let record = try #require(fleet.machine.node)
    let text = """
      {"deadline":"2026-03-02T00:30:00Z","node":"c1","phase":"granted","ring":"canary",\
      "since":"2026-03-02T00:00:00Z","token":1}
      """
    #expect(try json(record) == text)
    #expect(try JSONDecoder().decode(NodeRecord.self, from: Data(text.utf8)) == record)
  }

  @Test func idsAreChecked() {
    #expect(RolloutID("systemd=252.39-1~deb12u1")?.description == "systemd=252.39-1~deb12u1")
    #expect(RolloutID("linux=1:6.1+b1-2")?.version.text == "1:6.1+b1-2")
    for text in ["", "systemd", "=1", "a=1", "sys/temd=1", "systemd=", "systemd=1/2", "systemd=1 2"] {
      #expect(RolloutID(text) == nil, "\(text)")
    }
    #expect(FleetNode.isValid(name: "node-1.example"))
    for name in ["", "a/b", "a b", "ü", String(repeating: "x", count: 256)] { #expect(!FleetNode.isValid(name: name)) }
  }

  @Test func sharesRound() {
    #expect(Share.percent(10).limit(of: 5) == 1)
    #expect(Share.percent(10).limit(of: 25) == 2)
    #expect(Share.percent(0).limit(of: 25) == 0)
    #expect(Share.percent(10).tolerated(of: 9) == 0)
    #expect(Share.percent(95).needed(of: 10) == 10)
    #expect(Share.percent(100).needed(of: 0) == 1)
    #expect(Share.count(0).needed(of: 7) == 0)
  }

  /// A lost label is remembered until it is back.
  @Test func lostLabelsAreRemembered() throws {
    let plan = try SampleFleet().plan
    let before = SampleFleet.node("w1")
    var now = before
    now.labels["rack"] = nil
    now.seen = SampleFleet.start.advanced(by: .seconds(60))
    let kept = now.following(before, under: plan)
    #expect(kept.lostLabels == ["rack": now.seen])
    var later = now
    later.seen = SampleFleet.start.advanced(by: .seconds(600))
    #expect(later.following(kept, under: plan).lostLabels == ["rack": now.seen])
    #expect(before.following(kept, under: plan).lostLabels == [:])
  }
}
