import Foundation
import GateEngine
import GateModel
import TestSupport
import Testing

/// What holds of every transaction, whichever steps fail: DESIGN's promises.
@Suite struct TransactionLawTests {
  /// A run of the machine with steps that fail at random.
  private struct Run {
    var actions: [TransactionAction] = []
    var states: [TransactionState] = [.deciding]
    var recorded = false

    init(_ changes: [CheckedChange], seed: inout Seed) {
      var machine = TransactionStateMachine(mode: .enforce)
      var action = machine.decided(changes)
      while true {
        actions.append(action)
        if machine.state != states.last { states.append(machine.state) }
        let outcome: StepOutcome = seed.below(3) == 0 ? .failed("broken") : .done
        switch action {
        case .recordIntent:
          recorded = outcome == .done
          action = machine.intentRecorded(outcome)
        case .lookBefore: action = machine.sawBefore(outcome)
        case .raiseShield: action = machine.shielded(outcome)
        case .startGuard: action = machine.guarded(outcome)
        case .withdraw: action = machine.withdrawn(outcome)
        case .recordVeto: action = machine.vetoRecorded(outcome)
        case .allow: action = machine.dpkgEnded(seed.below(2) == 0 ? .finished : .interrupted)
        case .lookAfter: action = machine.sawAfter(outcome, lost: seed.below(2))
        case .restore: action = machine.restored(outcome, count: 1)
        case .probe: action = machine.probed(outcome)
        case .lowerShield: action = machine.unshielded(outcome)
        case .recordOutcome: action = machine.outcomeRecorded(outcome)
        case .veto, .finish: return
        }
      }
    }

    var isAllowed: Bool { actions.contains(.allow) }
    func has(_ test: (TransactionAction) -> Bool) -> Bool { actions.contains(where: test) }
  }

  private let kinds: [CheckedChange] = [.plain, .gated, .systemd, .held, .restarting]

  private func runs(_ name: String, _ check: ([CheckedChange], Run) -> Void) {
    var seed = Seed(name)
    for _ in 0..<4000 {
      let changes = kinds.filter { _ in seed.below(3) == 0 }
      check(changes, Run(changes, seed: &seed))
    }
  }

  @Test func everyRunEndsClosedAndFollowsTheTable() {
    runs("transactions follow the table") { _, run in
      #expect(run.states.last == .closed)
      for (state, next) in zip(run.states, run.states.dropFirst()) {
        #expect(state.followers.contains(next), "\(state) -> \(next)")
      }
    }
  }

  @Test func nothingGatedGoesAheadWithoutARecord() {
    runs("G1") { changes, run in
      #expect(!run.isAllowed || run.recorded || !changes.contains(where: \.isGated))
      #expect(!run.isAllowed || !changes.contains(.held))
    }
  }

  @Test func whatNothingGatesAlwaysGoesAhead() {
    runs("G2 and G5") { changes, run in
      #expect(changes.contains(where: \.isGated) || run.isAllowed)
    }
  }

  @Test func whatIsRaisedGoesDown() {
    runs("no shield is left") { _, run in
      let isRaised = run.has { if case .raiseShield = $0 { true } else { false } }
      let isLowered = run.has { if case .lowerShield = $0 { true } else { $0 == .withdraw } }
      #expect(!isRaised || isLowered)
    }
  }

  @Test func aShieldedChangeGoesAheadOnlyShieldedAndWatched() {
    var seed = Seed("G3")
    for _ in 0..<2000 {
      let run = Run([.systemd], seed: &seed)
      #expect(!run.isAllowed || (run.has { $0 == .raiseShield(units: ["systemd-networkd.service"]) }))
      #expect(!run.isAllowed || (run.has { $0 == .startGuard } && run.has { $0 == .lookBefore }))
    }
  }

  @Test func everyStateIsReached() {
    var reached: Set<TransactionState> = []
    runs("states") { _, run in reached.formUnion(run.states) }
    #expect(reached == Set(TransactionState.allCases))
  }

  /// An event at the wrong time changes nothing.
  @Test func eventsOutOfPlaceAreHarmless() {
    var machine = TransactionStateMachine(units: ["a.service"], isWatched: true)
    #expect(machine.decided([.held]) == .finish)
    #expect(machine.guarded(.failed("x")) == .finish)
    #expect(machine.withdrawn(.done) == .finish)
    #expect(machine.outcomeRecorded(.done) == .finish)
    #expect(machine.ranLate(.seconds(1)) == .finish)
    #expect(machine.state == .applying)
  }
}

/// The drawing in docs/ARCHITECTURE.md and the table say the same.
@Suite struct TransactionDrawingTests {
  private func drawing() throws -> [Substring] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/ARCHITECTURE.md")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .drop { $0 != "## The way of a transaction" }.dropFirst().prefix { !$0.hasPrefix("##") }
      .filter { $0.hasPrefix("    ") }
  }

  @Test func everyStateIsInTheDrawing() throws {
    let names = Set(try drawing().flatMap { $0.split { !$0.isLetter && $0 != "-" }.map(String.init) })
    for state in TransactionState.allCases { #expect(names.contains(state.rawValue), "\(state.rawValue)") }
  }

  @Test func everyArrowOfALineIsInTheTable() throws {
    var arrows = 0
    for line in try drawing() {
      let parts = line.split(separator: " -> ").map { $0.split(separator: " ").map(String.init) }
      for (left, right) in zip(parts, parts.dropFirst()) {
        guard let from = left.last.flatMap({ TransactionState(rawValue: $0) }),
          let to = right.first.flatMap({ TransactionState(rawValue: $0) })
        else { continue }
        #expect(from.followers.contains(to), "\(from.rawValue) -> \(to.rawValue)")
        arrows += 1
      }
    }
    #expect(arrows > 10)
  }
}
