import Foundation
import GateModel
import Synchronization

/// The time that a coordinator believes: the real one, or one that a test has set.
final class TestClock: Sendable {
  private let fixed = Mutex<Timestamp?>(nil)

  var now: Timestamp {
    fixed.withLock { $0 } ?? Timestamp(secondsSinceEpoch: Int64(Date().timeIntervalSince1970))
  }

  func set(_ moment: Timestamp) { fixed.withLock { $0 = moment } }
}
