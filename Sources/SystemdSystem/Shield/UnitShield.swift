public import GateModel
import Glibc

/// Raises and lowers shields: drop-ins below `/run`, and the manager told to read them.
public struct UnitShield {
  private let manager: ServiceManager
  private let folder: ShieldFolder

  /// `folder` is where runtime drop-ins lie.
  public init(manager: ServiceManager, folder: String = ShieldDropIn.folder) {
    self.manager = manager
    self.folder = ShieldFolder(path: folder)
  }

  /// Shields every unit of the plan, or none.
  ///
  /// When it returns, the manager has said of each unit that it refuses. What the same owner had raised before stays;
  /// shields of another owner become this one's, so that no unit is ever without one in between. On failure what it
  /// raised is lowered again.
  public func raise(_ plan: ShieldPlan, by deadline: ContinuousClock.Instant) throws(SystemdError) {
    let before = plan.units.filter { folder.owner(of: $0) == plan.owner }
    do throws(SystemdError) {
      for unit in plan.units { try folder.write(ShieldDropIn(unit: unit, owner: plan.owner)) }
      try manager.reload(by: deadline)
      try verify(plan, by: deadline)
    } catch {
      // Half of the time again to undo it: a shield that nobody knows of is worse than a late answer.
      try? lower(plan.units.filter { !before.contains($0) }, by: .now + .seconds(2))
      throw error
    }
  }

  /// Lowers every shield of the transaction; none is no error. Throws if the manager could not be told: the drop-ins
  /// are gone then, and the next reload of anyone takes the shield away.
  public func lower(transaction: String, by deadline: ContinuousClock.Instant) throws(SystemdError) {
    try lower(raised().filter { $0.owner.transaction == transaction }.map(\.unit), by: deadline)
  }

  /// Lowers every shield but those of the transactions that are under way; gives what it lowered.
  public func sweep(
    except live: Set<String> = [], by deadline: ContinuousClock.Instant
  ) throws(SystemdError) -> [ShieldDropIn] {
    let boot = try BootID.current()
    let leftovers = raised().filter { !live.contains($0.owner.transaction) || $0.owner.boot != boot }
    try lower(leftovers.map(\.unit), by: deadline)
    return leftovers
  }

  /// Removes what processes that were killed while they raised a shield have left besides; no bus is asked.
  public static func removeDrafts(below folder: String = ShieldDropIn.folder) {
    ShieldFolder(path: folder).removeDrafts()
  }

  /// The shields that stand, by unit, with their owners; no bus is asked.
  public func raised() -> [ShieldDropIn] { folder.dropIns() }

  private func verify(_ plan: ShieldPlan, by deadline: ContinuousClock.Instant) throws(SystemdError) {
    for unit in plan.units where try !manager.unit(unit, by: deadline).isShielded {
      throw SystemdError(
        .notInEffect,
        "`\(unit)` is not shielded although its drop-in was read; see `systemctl cat \(unit)` for what overrides it")
    }
  }

  private func lower(_ units: [String], by deadline: ContinuousClock.Instant) throws(SystemdError) {
    guard !units.isEmpty else { return }
    for unit in units { try folder.remove(unit) }
    try manager.reload(by: deadline)
  }
}
