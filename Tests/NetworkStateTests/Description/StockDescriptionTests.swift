import Foundation
import NetworkState
import Testing

/// Our words for kernel messages against those of stock `ip -j`, recorded in the same namespace.
@Suite struct StockDescriptionTests {
  private func ours(_ kind: NetworkObjectKind, family: UInt8? = nil) throws -> [NSDictionary] {
    let snapshot = try Fixture.snapshot()
    let describer = ObjectDescriber(of: snapshot)
    let table = snapshot[kind]
    let messages = try (0..<table.count).map { try table[$0] }
    let wanted = messages.filter { message in
      switch message.fixed {
      case .route(let header), .rule(let header): header.family == family
      case .neighbour(let header): header.state & Neighbour.permanentState != 0
      default: true
      }
    }
    return try StockDescription(wanted.map(describer.describe)).objects
  }

  private func stock(_ file: String) throws -> [NSDictionary] {
    try StockDescription(json: Data(Fixture.bytes("rich/\(file).json"))).objects
  }

  /// Compares as sets: `ip` sorts neighbours by family.
  private func expectSame(_ ours: [NSDictionary], _ stock: [NSDictionary]) {
    #expect(!stock.isEmpty)
    for object in stock where !ours.contains(object) { Issue.record("only in stock: \(object)") }
    for object in ours where !stock.contains(object) { Issue.record("only in ours: \(object)") }
    #expect(ours.count == stock.count)
  }

  @Test func routes() throws {
    expectSame(try ours(.route, family: 2), try stock("routes4"))
    expectSame(try ours(.route, family: 10), try stock("routes6"))
  }

  @Test func rules() throws {
    expectSame(try ours(.rule, family: 2), try stock("rules4"))
    expectSame(try ours(.rule, family: 10), try stock("rules6"))
  }

  @Test func nexthops() throws { expectSame(try ours(.nexthop), try stock("nexthops")) }

  @Test func neighbours() throws { expectSame(try ours(.neighbour), try stock("neighbours")) }

  @Test func addresses() throws {
    let links = try #require(
      try JSONSerialization.jsonObject(with: Data(Fixture.bytes("rich/addresses.json"))) as? [[String: Any]])
    let addresses = links.flatMap { $0["addr_info"] as? [[String: Any]] ?? [] }
    let stock = try StockDescription(json: JSONSerialization.data(withJSONObject: addresses)).objects
    expectSame(try ours(.address), stock)
  }

  @Test func links() throws {
    let links = try #require(
      try JSONSerialization.jsonObject(with: Data(Fixture.bytes("rich/addresses.json"))) as? [[String: Any]])
    let ours = try ours(.link)
    #expect(ours.count == links.count)
    for (our, link) in zip(ours, links) {
      for (key, value) in link where key != "addr_info" {
        #expect(NSDictionary(dictionary: [key: our[key] ?? "missing"]) == NSDictionary(dictionary: [key: value]))
      }
    }
  }

  @Test func segmentRouteKeepsItsSegments() throws {
    let segments = try stock("routes6").first { $0["encap"] as? String == "seg6" }?["segs"] as? [String]
    #expect(segments == ["2001:db8::9", "2001:db8::a"])
  }

  @Test func namesFromFiles() {
    let names = NumberNames.parse("# comment\n0x10\tlowdelay\n 200 cni # text\nnonsense\n99999999999 x\n")
    #expect(names == [16: "lowdelay", 200: "cni"])
  }
}
