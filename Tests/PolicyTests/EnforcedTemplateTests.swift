import Documents
import Foundation
import GateModel
import Policy
import Testing

/// What a policy that is shipped as advisory does once an operator takes its `enforce` line out, as README.md says.
@Suite struct EnforcedTemplateTests {
  private static let noon = Timestamp("2026-12-24T12:00:00Z")

  private func enforced(_ name: String) throws -> PolicySet {
    let file = Golden.shippedPolicies.appending(path: "\(name)/policy.yaml")
    let text = try Golden.text(file).replacing("    enforce: advisory\n", with: "")
    return try PolicySet.load([DocumentSource(name: name, text: text)]).result.get()
  }

  private func facts(_ source: String, security: Bool = false, memory: NodeMemory = NodeMemory()) -> Facts {
    Facts(change: Sample.change(source, security: security), effects: [], now: Self.noon).remembering(memory)
  }

  @Test func minimumAgeCountsFromWhatTheNodeRemembers() throws {
    let set = try enforced("minimum-age")
    let noon = try #require(Self.noon)
    var memory = NodeMemory()
    memory.see(Sample.change("bash"), at: noon.advanced(by: .seconds(-86_400)))
    let young = set.decide(facts("bash", memory: memory))
    #expect(young.verdict == .defer)
    #expect(young.clearsWhen?.hasPrefix("2026-12-26 12:00 UTC, 3 days after it was first seen") == true)
    memory.see(Sample.change("bash"), at: noon.advanced(by: .seconds(-4 * 86_400)))
    #expect(set.decide(facts("bash", memory: memory)).verdict == .allow)
    #expect(set.decide(facts("bash", security: true)).verdict == .allow)
    #expect(set.decide(facts("apt-gate")).verdict == .allow)
  }

  /// Why it is shipped as advisory: without a memory every update would wait.
  @Test func withoutAMemoryEverythingWaits() throws {
    let decision = try enforced("minimum-age").decide(facts("bash"))
    #expect(decision.verdict == .defer)
    #expect(decision.rules.map(\.isAssumed) == [true])
  }

  @Test func freezeHoldsAllButSecurityUpdates() throws {
    let set = try enforced("freeze")
    #expect(set.decide(facts("bash")).verdict == .defer)
    #expect(set.decide(facts("bash", security: true)).verdict == .allow)
  }
}
