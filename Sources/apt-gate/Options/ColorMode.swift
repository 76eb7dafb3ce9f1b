import ArgumentParser

/// When text is coloured.
enum ColorMode: String, Sendable, CaseIterable, ExpressibleByArgument {
  case auto, always, never

  /// `auto`: on a terminal, unless `NO_COLOR` is set and not empty (no-color.org) or the terminal is dumb.
  func isColored(onTerminal isTerminal: Bool, environment: (String) -> String?) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: isTerminal && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    }
  }
}
