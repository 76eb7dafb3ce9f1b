internal import FleetStore
internal import RolloutCoordination

/// One writer at a time, in the order in which they came.
actor TurnQueue: TurnOrder {
  /// More than this are not worth their memory.
  private static let mostWaiting = 1024
  /// Who asked has given up by then, or soon will: what is done for nobody keeps others waiting.
  private static let patience = Duration.seconds(3)
  /// After a conflict with another coordinator, for each one in the same turn.
  private static let pause = Duration.milliseconds(4)
  private static let longestPause = Duration.milliseconds(200)

  private var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []
  /// How many of `waiting` have been let in.
  private var served = 0

  func enter() async throws(FleetStoreError) {
    guard isTaken else {
      isTaken = true
      return
    }
    guard waiting.count - served < Self.mostWaiting else {
      throw FleetStoreError(.unavailable, "over \(Self.mostWaiting) requests wait to write; ask again")
    }
    // INVARIANT: whoever leaves hands over to the next one, so that `isTaken` stays.
    let began = ContinuousClock.now
    await withCheckedContinuation { waiting.append($0) }
    guard ContinuousClock.now - began < Self.patience else {
      leave()
      throw FleetStoreError(.unavailable, "too many write at once; ask again")
    }
  }

  func leave() {
    guard served < waiting.count else {
      isTaken = false
      waiting = []
      served = 0
      return
    }
    served += 1
    waiting[served - 1].resume()
    if served == Self.mostWaiting {
      waiting.removeFirst(served)
      served = 0
    }
  }

  nonisolated func conflicted(times: Int) async {
    let longest = min(Self.pause * times, Self.longestPause)
    try? await Task.sleep(for: longest * Double.random(in: 0..<1))
  }
}
