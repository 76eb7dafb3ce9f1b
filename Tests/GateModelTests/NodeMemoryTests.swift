import GateModel
import Testing

@Suite struct NodeMemoryTests {
  private let noon = Timestamp(secondsSinceEpoch: 1_790_000_000)

  private func change(_ version: String) -> Change {
    Change(source: "bash", from: PackageVersion("1"), to: PackageVersion(version), action: .upgrade, binaries: [])
  }

  @Test func theFirstTimeCounts() {
    var memory = NodeMemory()
    memory.see(change("2"), at: noon)
    memory.see(change("2"), at: noon.advanced(by: .seconds(60)))
    memory.see(change("3"), at: noon.advanced(by: .seconds(90)))
    let facts = Facts(change: change("2"), effects: [], now: noon.advanced(by: .seconds(3600))).remembering(memory)
    #expect(facts.firstSeen == noon)
    #expect(facts.age == .seconds(3600))
    #expect(Facts(change: change("4"), effects: []).remembering(memory).firstSeen == nil)
  }

  @Test func whatIsNotRememberedStays() {
    let known = Facts(change: change("2"), effects: [], firstSeen: noon, heldSince: noon)
    #expect(known.remembering(NodeMemory()) == known)
  }

  @Test func owedRestartsGoToTheNode() {
    let node = NodeFacts(name: "n")
    let memory = NodeMemory(owedRestarts: ["b.service", "a.service"])
    let facts = Facts(change: change("2"), effects: [], node: node).remembering(memory)
    #expect(facts.node?.owedRestarts == ["a.service", "b.service"])
    #expect(Facts(change: change("2"), effects: [], node: node).remembering(NodeMemory()).node?.owedRestarts == nil)
  }
}
