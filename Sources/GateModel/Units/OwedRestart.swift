/// A restart that a shield refused: the new version is on disk, the unit still runs the old one.
public struct OwedRestart: Sendable, Hashable {
  /// The unit's own name.
  public var unit: String
  /// The source package whose change asked for the restart.
  public var source: String
  /// The version that the unit does not run yet.
  public var version: PackageVersion
  /// When dpkg was done.
  public var since: Timestamp
  /// The boot in which the shield stood.
  public var boot: String
  /// The unit's invocation when dpkg was done: the one that runs old code. nil if the manager did not say.
  public var invocation: String?
  /// When that invocation's main process was started, since boot; stands in for a missing invocation.
  public var mainStart: Duration?

  public init(
    unit: String, source: String, version: PackageVersion, since: Timestamp, boot: String, invocation: String?,
    mainStart: Duration? = nil
  ) {
    self.unit = unit
    self.source = source
    self.version = version
    self.since = since
    self.boot = boot
    self.invocation = invocation
    self.mainStart = mainStart
  }

  /// The restarts that `change` owes: of each shielded unit that is running and that the change would have stopped or
  /// restarted.
  ///
  /// - Parameters:
  ///   - effects: what the change does on this node, possible effects among them: that the unit runs the old code is
  ///     true either way.
  ///   - units: the shielded units as they are once dpkg is done, and not before: an invocation that began while dpkg
  ///     unpacked may have either version.
  public static func owed(
    by change: Change, effects: [Effect], units: [UnitSnapshot], boot: String, now: Timestamp
  ) -> [OwedRestart] {
    guard let version = change.to else { return [] }
    return units.filter(\.isRunning).sorted { $0.name < $1.name }
      .filter { unit in effects.contains { ($0.kind == .restart || $0.kind == .stop) && $0.names(unit) } }
      .map { unit in
        OwedRestart(
          unit: unit.name, source: change.source, version: version, since: now, boot: boot,
          invocation: unit.invocation, mainStart: unit.mainStart)
      }
  }
}
