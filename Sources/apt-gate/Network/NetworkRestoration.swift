import NetworkState
import NetworkSystem

/// Restoring a stored snapshot: the plan, and what became of it.
struct NetworkRestoration {
  let stored: StoredSnapshot
  private let namespace: String?
  private let expected: ExpectedChurn
  let isExact: Bool

  /// The state before anything was done.
  private let current: NetworkView
  /// The snapshot with the numbers that its links have now.
  private let wanted: NetworkSnapshot
  private let wantedView: NetworkView
  let match: InterfaceMatch
  /// What may not be meant, one sentence each.
  let warnings: [String]
  /// From the state before anything was done.
  private(set) var firstPlan: RestorePlan?
  /// Nil as long as nothing was carried out.
  private(set) var outcome: SnapshotRestorer.Outcome?

  /// Throws a ``CommandFailure`` for a snapshot of another host or boot unless it is forced.
  init(
    of stored: StoredSnapshot, namespace: String?, expected: ExpectedChurn = .none, isExact: Bool = false,
    isForced: Bool = false
  ) throws {
    self.stored = stored
    self.namespace = namespace
    self.expected = expected
    self.isExact = isExact
    let here = SnapshotOrigin.here(why: "", namespace: namespace)
    if !isForced { try Self.checkOrigin(stored.manifest, here: here) }
    warnings = Self.warnings(about: stored.manifest, here: here)
    current = try .now(namespace: namespace)
    match = InterfaceMatch(from: stored.snapshot, to: current.snapshot)
    wanted = try match.renumbered(stored.snapshot)
    var view = NetworkView(name: stored.manifest.id, wanted, isOfOneInstant: true, names: current.describer.names)
    view.describer.interfaces.merge(current.describer.interfaces) { wanted, _ in wanted }
    wantedView = view
  }

  static func checkOrigin(_ manifest: SnapshotManifest, here: SnapshotOrigin) throws {
    let hint = "`--dry-run --force` shows what restoring it here would do"
    if manifest.host != here.host {
      throw CommandFailure(
        message: "the snapshot `\(manifest.id)` is of the host `\(manifest.host)`, and this is `\(here.host)`",
        hint: hint)
    }
    if manifest.bootID != here.bootID {
      throw CommandFailure(
        message: "the snapshot `\(manifest.id)` is of an earlier boot: what it has may be set up otherwise now",
        hint: hint)
    }
  }

  /// A snapshot of another network namespace. After a boot namespaces have other numbers, so that only their paths tell.
  static func warnings(about manifest: SnapshotManifest, here: SnapshotOrigin) -> [String] {
    guard let then = manifest.namespace, let now = here.namespace else { return [] }
    let isSame = manifest.bootID == here.bootID ? then.inode == now.inode : then.path == now.path
    guard !isSame else { return [] }
    let place = then.path.map { "the network namespace `\($0)`" } ?? "another process's network namespace"
    return ["the snapshot `\(manifest.id)` is of \(place), and is restored in another"]
  }

  mutating func plan() throws { firstPlan = makePlan(from: current.snapshot) }

  /// Nothing of the plan is done before this. Shows how far it is once it takes long.
  mutating func carryOut(_ progress: ProgressLine) throws {
    defer { progress.finish() }
    let total = firstPlan?.steps.count ?? 0
    outcome = try SnapshotRestorer(namespace: namespace).bringBack(
      by: .after(NetworkView.patience * 5), progress: { progress.update("restoring: \($0) of \(total) objects") },
      makePlan)
  }

  private func makePlan(from current: NetworkSnapshot) -> RestorePlan {
    RestorePlan(from: current, to: wanted, elapsed: elapsed, expected: expected, exact: isExact)
  }

  /// Seconds since the snapshot was taken: lifetimes have run on.
  private var elapsed: UInt32 {
    let taken = stored.manifest.microseconds ?? 0
    return UInt32(clamping: max(0, SnapshotOrigin.here(why: "").microseconds - taken) / 1_000_000)
  }

  /// What stays as it is: of the last plan, or of the only one.
  var leftAlone: [Drift.Difference] { (outcome?.plan ?? firstPlan)?.leftAlone ?? [] }

  var refusals: [SnapshotRestorer.Refusal] { outcome?.report.refusals ?? [] }

  /// What the snapshot has and the node still has not, because a link is missing.
  var unrestorable: [Drift.Difference] { leftAlone.filter { $0.change == .removed } }

  var status: ExitStatus {
    outcome != nil && !(refusals.isEmpty && unrestorable.isEmpty) ? .failed : .done
  }

  /// The object of a step in the words of `ip -j`.
  func object(_ step: RestorePlan.Step) -> DescribedObject? {
    if step.action == .up { return wantedView.object(.link, step.place) }
    return wantedView.describer.describeAlone(step.request)
  }

  /// The object that a difference is about: as the snapshot has it, or as it is now.
  func object(_ difference: Drift.Difference) -> DescribedObject? {
    if let place = difference.before { return wantedView.object(difference.kind, place) }
    let now = outcome?.current ?? current.snapshot
    return difference.after.flatMap { try? now[difference.kind][$0] }.map(current.describer.describeAlone)
  }
}
