/// Which transaction a shield belongs to: what a sweep needs to tell a leftover from one that is in use.
public struct ShieldOwner: Sendable, Hashable {
  /// The transaction's id, of letters, digits, `-`, `.` and `_`.
  public var transaction: String
  /// The kernel's id of this boot, 32 hexadecimal digits. Drop-ins below `/run` do not outlive it, but an image of a
  /// running machine may bring them back.
  public var boot: String

  public init(transaction: String, boot: String) {
    self.transaction = transaction
    self.boot = boot
  }
}

/// The units to shield for one transaction: all of them, or none.
public struct ShieldPlan: Sendable, Hashable {
  public var owner: ShieldOwner
  /// The units' own names, sorted, without repeats.
  public var units: [String]

  public init(owner: ShieldOwner, units: some Sequence<String>) {
    self.owner = owner
    self.units = Set(units).sorted()
  }
}

/// What came of planning a shield.
public enum ShieldPlanning: Sendable, Hashable {
  case possible(ShieldPlan)
  /// Each unit that cannot be shielded, with the reason; never empty. The verdict becomes `hold`.
  case impossible([UnshieldableUnit])

  /// Plans to shield `units`, or, if none is named, every unit that `effects` stop or restart.
  ///
  /// A service is shielded also where nothing is known to touch it; another unit, such as a service's socket, that no
  /// effect touches needs no shield, and could have none.
  ///
  /// - Parameter unit: looks a unit up by its name or an alias; nil if the manager does not know it.
  public static func plan(
    for units: [String], effects: [Effect], owner: ShieldOwner, unit lookUp: (String) -> UnitSnapshot?
  ) -> ShieldPlanning {
    let needed = units.filter { unit in unit.hasSuffix(".service") || effects.contains { $0.unit == unit } }
    let names = needed.isEmpty ? disturbed(by: effects) : needed
    let known = names.map { name in (name, lookUp(name)) }
    let together = Set(known.map { $0.1?.name ?? $0.0 })
    let impossible = known.compactMap { name, unit -> UnshieldableUnit? in
      guard let unit else { return UnshieldableUnit(unit: name, obstacle: .notLoaded(state: "not-found")) }
      switch Shieldability.of(unit, effects: effects, shielded: together, unit: lookUp) {
      case .shieldable: return nil
      case .not(let obstacle): return UnshieldableUnit(unit: unit.name, obstacle: obstacle)
      }
    }
    return impossible.isEmpty ? .possible(ShieldPlan(owner: owner, units: together)) : .impossible(impossible)
  }

  private static func disturbed(by effects: [Effect]) -> [String] {
    Set(effects.filter { $0.kind == .restart || $0.kind == .stop }.compactMap(\.unit)).sorted()
  }
}

/// A unit that cannot be shielded.
public struct UnshieldableUnit: Sendable, Hashable {
  public var unit: String
  public var obstacle: ShieldObstacle

  public init(unit: String, obstacle: ShieldObstacle) {
    self.unit = unit
    self.obstacle = obstacle
  }

  public var message: String { "`\(unit)` cannot be shielded: \(obstacle.message)" }
}
