import Dispatch

/// Tells on standard error what goes on, once it has taken over a second.
///
/// On a terminal one line is rewritten and removed in the end; elsewhere a plain line stands for every
/// stage that was still going on at a tick, so that a log shows where time went.
final class ProgressLine {
  /// Work that ends earlier says nothing.
  static let patience = DispatchTimeInterval.seconds(1)

  private let board: ProgressBoard
  private let timer: (any DispatchSourceTimer)?

  /// Tells nothing at all if `isQuiet`.
  init(isQuiet: Bool) {
    let board = ProgressBoard(stream: .error)
    self.board = board
    guard !isQuiet else {
      timer = nil
      return
    }
    let timer = DispatchSource.makeTimerSource(queue: .global(qos: .utility))
    timer.schedule(
      deadline: .now() + Self.patience, repeating: board.isTerminal ? .milliseconds(200) : .seconds(5))
    timer.setEventHandler { board.show() }
    timer.resume()
    self.timer = timer
  }

  /// What goes on from now.
  func update(_ text: String) {
    board.set(text)
  }

  /// Removes the line from a terminal; nothing is told afterwards.
  func finish() {
    timer?.cancel()
    board.clear()
  }
}
