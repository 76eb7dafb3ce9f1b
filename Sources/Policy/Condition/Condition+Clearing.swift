internal import Foundation
internal import GateModel
internal import TimeWindows

extension Condition {
  /// When the condition, which holds now, first stops holding if only time passes; nil if that is not seen.
  ///
  /// Looked for by evaluating it at later moments: each hour for two weeks, then each day for a year, and then
  /// to the second between the last moment at which it holds and the first at which it does not. A break that is
  /// shorter than the step between two moments can be missed.
  func end(_ facts: ConditionFacts) -> ClearingTime? {
    guard readsTime, let now = facts.now else { return nil }
    var last = now
    for step in Self.steps {
      let next = last.advanced(by: step)
      if holds(facts, at: next) {
        last = next
        continue
      }
      let moment = firstBreak(facts, after: last, until: next)
      return ClearingTime(moment: moment, text: "\(LocalClock.text(moment, in: .gmt)), when its condition ends")
    }
    return nil
  }

  private static let steps =
    Array(repeating: Duration.seconds(3600), count: 14 * 24) + Array(repeating: .seconds(86_400), count: 366)

  private func holds(_ facts: ConditionFacts, at moment: Timestamp) -> Bool {
    if case .doesNotHold = evaluate(facts.activation(at: moment)) { false } else { true }
  }

  private func firstBreak(_ facts: ConditionFacts, after low: Timestamp, until high: Timestamp) -> Timestamp {
    var low = low.secondsSinceEpoch
    var high = high.secondsSinceEpoch
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if holds(facts, at: Timestamp(secondsSinceEpoch: middle)) { low = middle } else { high = middle }
    }
    return Timestamp(secondsSinceEpoch: high)
  }
}
