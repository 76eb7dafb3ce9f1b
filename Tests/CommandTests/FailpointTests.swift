import GateEngine
import Testing

@testable import apt_gate

/// A process can be made to die at every step there is.
@Suite struct FailpointTests {
  @Test func everyStateInWhichSomethingIsDoneHasAPointBeforeAndAfter() {
    let names = Set(Failpoint.all.map(\.name))
    let idle: Set<TransactionState> = [.deciding, .applying, .closed]
    for state in TransactionState.allCases where !idle.contains(state) {
      guard let step = state.step else {
        Issue.record("nothing is done in \(state.rawValue)")
        continue
      }
      #expect(names.contains(step.rawValue) && names.contains("\(step.rawValue)-done"))
    }
    #expect(Set(TransactionState.allCases.compactMap(\.step)) == Set(TransactionStep.allCases))
  }

  @Test func noTwoPointsHaveOneName() {
    #expect(Set(Failpoint.all.map(\.name)).count == Failpoint.all.count)
  }
}
