/// A systemd unit at an instant, as the manager describes it.
///
/// Source: org.freedesktop.systemd1(5). Times are since boot, on the clock `CLOCK_MONOTONIC`.
public struct UnitSnapshot: Sendable, Hashable {
  /// The unit's own name, with its suffix; aliases lead to it.
  public var name: String
  public var aliases: [String]
  /// `loaded`, `not-found`, `masked`, ...
  public var loadState: String
  /// `active`, `inactive`, `activating`, ...
  public var activeState: String
  public var subState: String
  /// 32 hexadecimal digits, new with every start; nil if the unit never ran.
  public var invocation: String?
  /// When its main process was started; nil if it never was.
  public var mainStart: Duration?
  /// When it became active, and when it left the state `inactive`; nil if it never did.
  public var activeSince: Duration?
  public var startedAt: Duration?
  public var refusesStop: Bool
  public var refusesStart: Bool
  public var stopsWhenUnneeded: Bool
  /// What the manager allows for; nil is without limit.
  public var startTimeout: Duration?
  public var stopTimeout: Duration?
  public var runtimeLimit: Duration?
  /// `Type=` of a service, such as `oneshot`; nil for other units.
  public var serviceType: String?
  public var fragment: String?
  public var dropIns: [String]
  /// Whether the files on disk are newer than what the manager has read.
  public var needsReload: Bool
  /// The unit's relations to others, by the words of systemd.unit(5).
  public var relations: [UnitRelation: Set<String>]
  /// The job that the unit waits for, such as `stop`; nil if none is queued.
  public var job: String?

  public init(
    name: String, aliases: [String] = [], loadState: String = "loaded", activeState: String = "active",
    subState: String = "running", invocation: String? = nil, mainStart: Duration? = nil, activeSince: Duration? = nil,
    startedAt: Duration? = nil, refusesStop: Bool = false, refusesStart: Bool = false, stopsWhenUnneeded: Bool = false,
    startTimeout: Duration? = nil, stopTimeout: Duration? = nil, runtimeLimit: Duration? = nil,
    serviceType: String? = nil, fragment: String? = nil, dropIns: [String] = [], needsReload: Bool = false,
    relations: [UnitRelation: Set<String>] = [:], job: String? = nil
  ) {
    self.name = name
    self.aliases = aliases
    self.loadState = loadState
    self.activeState = activeState
    self.subState = subState
    self.invocation = invocation
    self.mainStart = mainStart
    self.activeSince = activeSince
    self.startedAt = startedAt
    self.refusesStop = refusesStop
    self.refusesStart = refusesStart
    self.stopsWhenUnneeded = stopsWhenUnneeded
    self.startTimeout = startTimeout
    self.stopTimeout = stopTimeout
    self.runtimeLimit = runtimeLimit
    self.serviceType = serviceType
    self.fragment = fragment
    self.dropIns = dropIns
    self.needsReload = needsReload
    self.relations = relations
    self.job = job
  }

  /// Whether processes of it may be running.
  public var isRunning: Bool { ["active", "reloading", "activating", "deactivating"].contains(activeState) }

  /// Whether the manager refuses what people and scripts ask for.
  public var isShielded: Bool { refusesStop && refusesStart }
}

/// How one unit hangs on another. Source: systemd.unit(5).
public enum UnitRelation: String, Sendable, Hashable, CaseIterable {
  case requires = "Requires"
  case requisite = "Requisite"
  case bindsTo = "BindsTo"
  case partOf = "PartOf"
  /// The other side of `PropagatesStopTo=`.
  case stopPropagatedFrom = "StopPropagatedFrom"
  case conflicts = "Conflicts"
  case conflictedBy = "ConflictedBy"
  case triggers = "Triggers"
  case triggeredBy = "TriggeredBy"

  /// Whether the unit is stopped when the other one is.
  public var propagatesStop: Bool {
    switch self {
    case .requires, .requisite, .bindsTo, .partOf, .stopPropagatedFrom: true
    case .conflicts, .conflictedBy, .triggers, .triggeredBy: false
    }
  }

  /// Whether the unit is stopped when the other one starts.
  public var stopsOnStart: Bool { self == .conflicts || self == .conflictedBy }
}
