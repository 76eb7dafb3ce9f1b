public import FleetStore

/// Lets those calls of one process that write wait for each other.
///
/// Nothing depends on it: whoever writes does so by compare-and-set. But many that begin again and again because another
/// got on keep a store from getting anything done.
public protocol TurnOrder: Sendable {
  /// Returns when it is the caller's turn, who must ``leave()`` afterwards. Throws if too many wait.
  func enter() async throws(FleetStoreError)
  func leave() async
  /// Somebody else, of another process, wrote in between; it has happened `times` times in this turn.
  func conflicted(times: Int) async
}
