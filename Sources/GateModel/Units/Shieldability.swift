/// Whether the manager would refuse every restart of a unit that a change brings about.
///
/// `RefuseManualStop=` and `RefuseManualStart=` refuse what is asked for by `systemctl`, so by `deb-systemd-invoke`,
/// `invoke-rc.d`, `service` and needrestart too. They refuse neither what follows from other units' jobs nor signals.
/// Source: systemd.unit(5); systemd, src/core/dbus-unit.c, `bus_unit_queue_job`.
public enum Shieldability: Sendable, Hashable {
  case shieldable
  case not(ShieldObstacle)

  /// - Parameters:
  ///   - effects: everything that the change does, to this and to other units.
  ///   - shielded: the units that are shielded together; what is refused to them stops nothing else.
  ///   - unit: looks a unit up by name; nil if it is not known.
  public static func of(
    _ unit: UnitSnapshot, effects: [Effect], shielded: Set<String> = [], unit lookUp: (String) -> UnitSnapshot?
  ) -> Shieldability {
    let own = ownObstacle(unit) ?? refusal(of: unit, effects)
    if let own { return .not(own) }
    let actions = UnitActions(effects: effects, shielded: shielded.union([unit.name]), unit: lookUp)
    return actions.obstacle(for: unit, lookUp: lookUp).map { .not($0) } ?? .shieldable
  }

  private static func ownObstacle(_ unit: UnitSnapshot) -> ShieldObstacle? {
    let type = UnitName.type(of: unit.name) ?? ""
    if type != "service" { return .notAService(type: String(type)) }
    if UnitName.isTemplated(unit.name) { return .templated }
    if unit.loadState != "loaded" { return .notLoaded(state: unit.loadState) }
    if unit.stopsWhenUnneeded { return .stopsWhenUnneeded }
    return nil
  }

  /// The first call on the unit itself that no `RefuseManual...` refuses.
  private static func refusal(of unit: UnitSnapshot, _ effects: [Effect]) -> ShieldObstacle? {
    effects.first { $0.names(unit) && [.restart, .stop].contains($0.kind) && notRefused.contains($0.verb ?? "") }
      .map { .notRefused(verb: $0.verb ?? "") }
  }

  /// Verbs that send signals or change processes without a job.
  private static let notRefused: Set<String> = ["kill", "pkill", "killall", "start-stop-daemon", "isolate"]
}

extension Effect {
  /// Whether it is done to `unit`, by its name or an alias.
  public func names(_ unit: UnitSnapshot) -> Bool {
    guard let name = self.unit else { return false }
    return name == unit.name || unit.aliases.contains(name)
  }
}

/// Why a unit cannot be shielded; the verdict becomes `hold`.
public enum ShieldObstacle: Sendable, Hashable {
  /// systemd is not the init system here, or does not answer.
  case noServiceManager
  case notPermitted
  case notAService(type: String)
  case templated
  case notLoaded(state: String)
  case stopsWhenUnneeded
  /// The change stops or restarts `other`, and systemd then stops the unit too.
  case stopsWith(other: String, relation: UnitRelation)
  /// The change starts `other`, which conflicts with the unit.
  case conflicts(other: String)
  /// It is done by a call that the manager does not refuse.
  case notRefused(verb: String)
  /// The drop-in is there, but the manager does not have it in effect.
  case notInEffect

  /// In one line, to stand behind the unit's name.
  public var message: String {
    switch self {
    case .noServiceManager: "systemd does not run here, so nothing can refuse its restart"
    case .notPermitted: "only root can shield it"
    case .notAService(let type): type.isEmpty ? "it is not a service" : "it is a \(type), not a service"
    case .templated: "it is a template or an instance of one"
    case .notLoaded(let state): "systemd has not loaded it (\(state))"
    case .stopsWhenUnneeded: "it stops when no other unit needs it (StopWhenUnneeded=)"
    case .stopsWith(let other, let relation): "it stops with `\(other)` (\(relation.rawValue)=), which the update stops"
    case .conflicts(let other): "it stops when `\(other)` starts, which the update starts (Conflicts=)"
    case .notRefused(let verb): "the update calls `\(verb)`, which systemd does not refuse"
    case .notInEffect: "systemd read the drop-in, but another one overrides it"
    }
  }
}
