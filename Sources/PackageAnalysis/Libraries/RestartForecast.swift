/// Whether needrestart will restart a unit once dpkg is done.
public enum RestartForecast: Sendable, Hashable {
  case yes
  case no(because: String)
  case unknown(because: String)
}

/// Answers for one node, with its patterns compiled.
final class NeedrestartForecaster {
  private let settings: NeedrestartSettings
  /// Whether a person sits at a terminal that needrestart can ask at. unattended-upgrades has none.
  private let isInteractive: Bool
  private var compiled: [NeedrestartSettings.Override: Regex<AnyRegexOutput>?] = [:]
  private var forecasts: [String: RestartForecast] = [:]

  init(_ settings: NeedrestartSettings, isInteractive: Bool) {
    self.settings = settings
    self.isInteractive = isInteractive
  }

  /// Why nothing is restarted at all; nil if something may be.
  var idleness: String? {
    if !settings.isInstalled { return "needrestart is not installed" }
    if settings.isSuspended { return "needrestart is suspended (NEEDRESTART_SUSPEND)" }
    switch settings.mode {
    case .known(.list): return "needrestart only lists what to restart"
    case .known(.interactive) where !isInteractive: return "needrestart has nobody to ask, and then only lists"
    default: return nil
    }
  }

  /// For a unit that maps a file which is replaced.
  func forecast(_ unit: String) -> RestartForecast {
    if let known = forecasts[unit] { return known }
    let forecast = judge(unit)
    forecasts[unit] = forecast
    return forecast
  }

  /// Whether needrestart passes a process by that runs `program` and maps `file`.
  func ignores(program: String?, file: String) -> Bool {
    // What is not known does not make it pass the process by.
    let program = program.map { matches($0, settings.ignoredPrograms) == .some(true) } ?? false
    return program || matches(file, settings.ignoredFiles) == .some(true)
  }

  /// Source: needrestart 3.6, /usr/sbin/needrestart, from "Apply rc/service blacklist" on. It asks the manager for
  /// `RefuseManualStop` last, so a shield holds against it too; a forecast is made before there is one.
  private func judge(_ unit: String) -> RestartForecast {
    if let idleness { return .no(because: idleness) }
    switch matches(unit, settings.ignoredUnits) {
    case .some(true): return .no(because: "needrestart's configuration ignores it (blacklist_rc)")
    case .some(false): break
    case nil: return .unknown(because: "needrestart's configuration is not understood\(place(settings.ignoredUnits))")
    }
    switch choice(unit) {
    case .unknown(let reason): return .unknown(because: reason)
    case .no(let reason): return .no(because: reason)
    case .yes: break
    }
    let hasScript = settings.ownScripts.contains(unit)
    if unit == NeedrestartUnit.manager, !hasScript { return .no(because: "needrestart has no way to restart it") }
    if hasScript, unit != NeedrestartUnit.manager {
      return .unknown(because: "needrestart restarts it by a script of its own (restart.d)")
    }
    switch settings.mode {
    case .known(.automatic): return .yes
    case .known: return .unknown(because: "needrestart asks at the terminal")
    case .unknown(let place): return .unknown(because: "needrestart's mode is not understood (\(place))")
    }
  }

  /// What `override_rc` and `defno` say.
  private func choice(_ unit: String) -> RestartForecast {
    guard case .known(let overrides) = settings.overrides else {
      return .unknown(because: "needrestart's configuration is not understood\(place(settings.overrides))")
    }
    var answers: Set<Bool> = []
    for override in overrides {
      guard let isMatch = matches(unit, override) else {
        return .unknown(because: "needrestart's pattern `\(override.pattern)` is not understood")
      }
      if isMatch { answers.insert(override.restarts) }
    }
    switch (answers.count, answers.first) {
    case (1, true?): return .yes
    case (1, false?): return .no(because: "needrestart's configuration leaves it out (override_rc)")
    case (2, _): return .unknown(because: "needrestart's configuration has contrary patterns for it (override_rc)")
    default: break
    }
    switch settings.leavesByDefault {
    case .known(false): return .yes
    case .known(true): return .no(because: "needrestart's configuration restarts only what it names (defno)")
    case .unknown(let place): return .unknown(because: "needrestart's configuration is not understood (\(place))")
    }
  }

  /// Whether one of the patterns matches; nil if that is not known.
  private func matches(_ text: String, _ patterns: NeedrestartSettings.Setting<[NeedrestartSettings.Override]>) -> Bool?
  {
    guard case .known(let patterns) = patterns else { return nil }
    let answers = patterns.map { matches(text, $0) }
    if answers.contains(true) { return true }
    return answers.contains(nil) ? nil : false
  }

  private func matches(_ text: String, _ override: NeedrestartSettings.Override) -> Bool? {
    let regex: Regex<AnyRegexOutput>?
    if let known = compiled[override] {
      regex = known
    } else {
      // Perl counts in code points, and `.` does not match a newline: the same for names of units and files.
      regex = (try? Regex(override.pattern))?.matchingSemantics(.unicodeScalar).ignoresCase(override.ignoresCase)
      compiled[override] = .some(regex)
    }
    return regex.map { text.contains($0) }
  }

  private func place<Value>(_ setting: NeedrestartSettings.Setting<Value>) -> String {
    if case .unknown(let place) = setting { return " (\(place))" }
    return ""
  }
}
