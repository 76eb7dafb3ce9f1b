public import Documents
internal import GateModel
internal import NetworkState

/// The fragments of a configuration, merged: of each key the last one counts.
public struct ConfigurationInput: Sendable {
  var merged = ConfigurationFragment()
  private var texts: [String: String] = [:]
  private var diagnostics: [Diagnostic] = []

  /// `sources` in their order: the main file, then drop-ins, then what the command line says.
  public init(_ sources: [DocumentSource]) {
    for source in sources {
      let (fragment, found) = ConfigurationFragment.read(source)
      merged = merged.overridden(by: fragment)
      texts[source.name] = source.text
      diagnostics += found
    }
  }

  /// The settings as far as they could be read, and everything that is wrong in all files, sorted by file and place.
  /// With errors among it the settings are not what was meant.
  public func validated() -> (settings: GateSettings, diagnostics: [Diagnostic]) {
    var validation = ConfigurationValidation(input: merged)
    let settings = validation.settings()
    let found = validation.diagnostics.map { $0.showingLine(of: texts[$0.file] ?? "") }
    return (settings, (diagnostics + found).sorted(by: Diagnostic.inPlaceOrder))
  }
}

/// The third stage: bounds, and what only shows when keys stand together.
private struct ConfigurationValidation {
  let input: ConfigurationFragment
  var diagnostics: [Diagnostic] = []

  init(input: ConfigurationFragment) { self.input = input }

  mutating func settings() -> GateSettings {
    var settings = GateSettings()
    if let mode = input.mode { settings.mode = mode.value }
    if let policies = input.policies { settings.policies = policies.value }
    if let state = input.state { settings.state = state.value }
    if let metrics = input.metrics { settings.metrics = metrics.value.path }
    if let motd = input.motd { settings.motd = motd.value.path }
    settings.fleet = input.fleet?.value
    settings.fleetLock = fleetLock()
    settings.churn.interfaces = input.churnInterfaces?.value ?? []
    settings.churn.protocols = input.churnProtocols?.value ?? []
    settings.churn.prefixes = input.churnPrefixes?.value ?? []
    settings.deadlines.preInstall = deadline(input.preInstallDeadline, settings.deadlines.preInstall)
    settings.deadlines.postInstall = deadline(input.postInstallDeadline, settings.deadlines.postInstall)
    settings.deadlines.update = deadline(input.updateDeadline, settings.deadlines.update)
    settings.probes = probes(settings)
    let patience = deadline(input.notifyDeadline, .seconds(10))
    settings.notify = input.notifyCommand.map { NotifySettings(command: $0.value, deadline: patience) }
    return settings
  }

  private mutating func fleetLock() -> FleetLockMembership? {
    if let lock = input.fleetLock, input.fleet != nil {
      error(
        lock, "`fleet` and `fleetlock` both say who gives slots",
        suggestion: "leave out `fleetlock`: the coordinator is asked for all that is staged")
    }
    return input.fleetLock?.value
  }

  private mutating func deadline(_ written: Located<Duration>?, _ usual: Duration) -> Duration {
    guard let written else { return usual }
    guard !HookDeadlines.range.contains(written.value) else { return written.value }
    error(
      written, "the deadline is \(DurationText.text(written.value)); it must be from 1 second to 10 minutes",
      suggestion: "such as `\(usual.components.seconds)s`")
    return usual
  }

  private mutating func probes(_ settings: GateSettings) -> ProbeSettings {
    var probes = ProbeSettings()
    probes.targets = input.probeTargets?.value ?? []
    probes.deadline = deadline(input.probeDeadline, probes.deadline)
    probes.needed = input.probesNeeded?.value ?? (probes.targets.count + 1) / 2
    if let needed = input.probesNeeded, needed.value > probes.targets.count {
      error(
        needed, "`need: \(needed.value)` of \(probes.targets.count) targets",
        suggestion: "name more targets, or need fewer")
    }
    let total = settings.deadlines.postInstall
    if let written = input.probeDeadline, probes.deadline >= total {
      error(
        written, "probes would take all of the hook's deadline of \(DurationText.text(total))",
        suggestion: "make `deadlines: postInstall` longer than this")
    }
    if let targets = input.probeTargets, Set(targets.value.map(\.address)).count == 1 {
      error(
        targets, "all probes ask one address: if that alone fails, every update looks bad",
        suggestion: "name targets on several machines")
    }
    return probes
  }

  private mutating func error<Value>(_ located: Located<Value>, _ message: String, suggestion: String) {
    diagnostics.append(
      Diagnostic(
        severity: .error, code: .invalidValue, file: located.file, position: located.position, message: message,
        suggestion: suggestion))
  }
}
