import GateModel
import Synchronization

/// What goes on now, and what of it a person has been told. Written by one thread, shown by another.
final class ProgressBoard: Sendable {
  private struct State {
    var text = ""
    var told = ""
  }

  let isTerminal: Bool
  private let stream: StandardStream
  private let state = Mutex(State())

  init(stream: StandardStream) {
    self.stream = stream
    isTerminal = stream.isTerminal
  }

  func set(_ text: String) {
    state.withLock { $0.text = text }
  }

  /// Tells what goes on, if that is news.
  func show() {
    state.withLock { state in
      guard !state.text.isEmpty, state.text != state.told else { return }
      let safe = DisplayText.line(state.text)
      let line = ColumnText.fitted(safe, to: (stream.columns ?? TextLayout.defaultWidth) - 1)
      try? stream.write(isTerminal ? "\r\u{1b}[K\(line)" : "apt-gate: \(safe)\n")
      state.told = state.text
    }
  }

  /// Takes the line off a terminal, and tells nothing more.
  func clear() {
    state.withLock { state in
      if isTerminal, !state.told.isEmpty { try? stream.write("\r\u{1b}[K") }
      state = State()
    }
  }
}
