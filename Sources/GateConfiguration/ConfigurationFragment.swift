public import Documents
public import GateModel
public import NetworkState

/// One file of configuration as it was parsed: every key may be missing, nothing is compared with anything else.
public struct ConfigurationFragment: Sendable {
  public var mode: Located<GateMode>?
  public var policies: Located<[String]>?
  public var state: Located<String>?
  public var preInstallDeadline: Located<Duration>?
  public var postInstallDeadline: Located<Duration>?
  public var updateDeadline: Located<Duration>?
  public var probesNeeded: Located<Int>?
  public var probeDeadline: Located<Duration>?
  public var probeTargets: Located<[ProbeTarget]>?
  public var churnInterfaces: Located<[String]>?
  public var churnProtocols: Located<[UInt8]>?
  public var churnPrefixes: Located<[IPPrefix]>?
  public var notifyCommand: Located<[String]>?
  public var notifyDeadline: Located<Duration>?
  public var metrics: Located<OptionalPath>?
  public var motd: Located<OptionalPath>?
  public var fleet: Located<FleetMembership>?
  public var fleetLock: Located<FleetLockMembership>?

  /// Says nothing.
  public init() {}

  /// Reads a file. What is broken in it is reported and left out.
  public static func read(_ source: DocumentSource) -> (fragment: ConfigurationFragment, diagnostics: [Diagnostic]) {
    let collector = DiagnosticCollector(source: source)
    let root = YamlComposer.compose(collector)
    let fragment = root.flatMap { ConfigurationReader(collector).fragment($0) } ?? ConfigurationFragment()
    return (fragment, collector.diagnostics)
  }

  /// This fragment with what `later` says in its place.
  public func overridden(by later: ConfigurationFragment) -> ConfigurationFragment {
    var result = self
    result.mode = later.mode ?? mode
    result.policies = later.policies ?? policies
    result.state = later.state ?? state
    result.preInstallDeadline = later.preInstallDeadline ?? preInstallDeadline
    result.postInstallDeadline = later.postInstallDeadline ?? postInstallDeadline
    result.updateDeadline = later.updateDeadline ?? updateDeadline
    result.probesNeeded = later.probesNeeded ?? probesNeeded
    result.probeDeadline = later.probeDeadline ?? probeDeadline
    result.probeTargets = later.probeTargets ?? probeTargets
    result.churnInterfaces = later.churnInterfaces ?? churnInterfaces
    result.churnProtocols = later.churnProtocols ?? churnProtocols
    result.churnPrefixes = later.churnPrefixes ?? churnPrefixes
    result.notifyCommand = later.notifyCommand ?? notifyCommand
    result.notifyDeadline = later.notifyDeadline ?? notifyDeadline
    result.metrics = later.metrics ?? metrics
    result.motd = later.motd ?? motd
    result.fleet = later.fleet ?? fleet
    result.fleetLock = later.fleetLock ?? fleetLock
    return result
  }
}

/// Where something is written; `none` in a file of configuration switches it off.
public enum OptionalPath: Sendable, Hashable {
  case none
  case path(String)

  public var path: String? {
    if case .path(let path) = self { path } else { nil }
  }
}
