import Dispatch
import GateModel
import Synchronization

/// Tells on standard error what goes on, once it has taken over a second.
///
/// On a terminal one line is rewritten and removed in the end; elsewhere a plain line stands for every
/// stage that was still going on at a tick, so that a log shows where time went.
final class ProgressLine: Sendable {
  /// Work that ends earlier says nothing.
  static let patience = DispatchTimeInterval.seconds(1)

  private struct State {
    var text = ""
    var printed = ""
  }

  private let state = Mutex(State())
  private let isTerminal: Bool
  private let width: Int
  private let timer: any DispatchSourceTimer

  /// Tells nothing at all if `isQuiet`.
  init(isQuiet: Bool) {
    isTerminal = StandardStream.error.isTerminal
    width = StandardStream.error.columns ?? TextLayout.defaultWidth
    timer = DispatchSource.makeTimerSource(queue: .global(qos: .utility))
    let interval = isTerminal ? DispatchTimeInterval.milliseconds(200) : .seconds(5)
    timer.schedule(deadline: .now() + Self.patience, repeating: interval)
    timer.setEventHandler { [weak self] in if !isQuiet { self?.tick() } }
    timer.resume()
  }

  /// What goes on from now.
  func update(_ text: String) {
    state.withLock { $0.text = text }
  }

  /// Removes the line from a terminal; nothing is told afterwards.
  func finish() {
    timer.cancel()
    state.withLock { state in
      if isTerminal, !state.printed.isEmpty { try? StandardStream.error.write("\r\u{1b}[K") }
      state = State()
    }
  }

  private func tick() {
    state.withLock { state in
      guard !state.text.isEmpty, state.text != state.printed else { return }
      let line = ColumnText.fitted(DisplayText.line(state.text), to: width - 1)
      try? StandardStream.error.write(isTerminal ? "\r\u{1b}[K\(line)" : "apt-gate: \(line)\n")
      state.printed = state.text
    }
  }
}
