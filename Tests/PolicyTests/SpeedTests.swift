import Documents
import Foundation
import GateModel
import Policy
import Testing

/// Measures a release build: `swift test -c release --filter SpeedTests`. Debug builds say nothing about speed.
@Suite(.serialized, .enabled(if: Build.isOptimized, "measures optimized builds only")) struct SpeedTests {
  private func milliseconds(_ work: () throws -> Void) rethrows -> Double {
    let best = try (0..<5).map { _ in try ContinuousClock().measure(work) }.min() ?? .zero
    return Double(best.components.attoseconds) / 1e15 + Double(best.components.seconds) * 1e3
  }

  @Test func fiveHundredRulesOverFiveHundredChanges() throws {
    let rules = (0..<500).map { number in
      let match = [
        "{source: 'source-\(number)'}", "{source: 'source-\(number)*', security: true}", "{binary: 'lib\(number)-*'}",
        "{source: '*', effects: {kind: restart, unit: 'unit-\(number).service'}}",
        "{effects: {kind: reboot}, origin: {suite: 'stable-\(number)'}}",
      ][number % 5]
      let when = number % 2 == 0 ? ", when: 'network.lost.count > 0 && update.age < duration(\"72h\")'" : ""
      return "{id: r\(number), match: \(match)\(when), effect: stage, message: 'the update of {update.source}'}"
    }
    let set = try Sample.policies(Sample.policy(rules: rules))
    let facts = (0..<500).map { number in
      var facts = FactsTests.everything
      facts.change = Sample.change("source-\(number)", binaries: ["lib\(number)-1", "tool-\(number)"])
      facts.effects = [Sample.effect(.restart, "unit-\(number).service"), Sample.effect(.reboot)]
      return facts
    }
    var held = 0
    let time = milliseconds { held = facts.count { set.decide($0).verdict.isHeld } }
    print("500 rules over 500 changes: \(time) ms, \(held) held")
    #expect(held > 100)
    #expect(time < 50)
  }

  @Test func loadingAndCheckingTheShippedPolicies() throws {
    let sources = try Golden.names(in: Golden.shippedPolicies).compactMap { name in
      let file = Golden.shippedPolicies.appending(path: "\(name)/policy.yaml")
      return (try? Golden.text(file)).map { DocumentSource(name: name, text: $0) }
    }
    let time = milliseconds { #expect(PolicySet.check(sources).errors.isEmpty) }
    print("loading and checking \(sources.count) shipped policies: \(time) ms")
    #expect(time < 50)
  }
}

enum Build {
  static var isOptimized: Bool {
    var isOptimized = true
    assert({ isOptimized = false }() == ())
    return isOptimized
  }
}
