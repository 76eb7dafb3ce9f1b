import GateModel
import NetworkState
import NetworkSystem

/// The network's part in finishing a transaction.
protocol NetworkFinishing {
  /// How many objects of before were lost.
  func lookAfter() throws -> Int
  /// How many of them are there again.
  func restore() throws -> Int
  /// What was lost, by name.
  var names: NetworkObjectNames { get }
}

extension NetworkFinishing {
  var names: NetworkObjectNames { NetworkObjectNames() }
}

/// The network was not watched.
struct UnwatchedNetwork: NetworkFinishing {
  func lookAfter() -> Int { 0 }
  func restore() -> Int { 0 }
}

/// What a guard found and put back.
struct GuardedNetwork: NetworkFinishing {
  let report: GuardReport

  var names: NetworkObjectNames { NetworkObjectNames(report) }

  func lookAfter() -> Int {
    let putBack = Set(report.events.filter { $0.kind == .returned }.compactMap(\.object))
    return putBack.union(report.missing).count + report.restoredCount
  }

  func restore() -> Int { lookAfter() - report.missing.count }
}

/// What the snapshot from before says, where no guard is left.
final class SnapshotNetwork: NetworkFinishing {
  private let folder: String
  private let id: String
  private let deadline: NetworkSystem.Deadline
  private let mayRestore: Bool
  private let churn: ExpectedChurn
  private var plan: RestorePlan?
  private(set) var names = NetworkObjectNames()

  /// Nobody saw who took what: restoring is right only as long as nobody can have meant it.
  static let patience = Duration.seconds(900)

  /// `age` is how long ago the snapshot was taken.
  init(folder: String, id: String, age: Duration, churn: ExpectedChurn, deadline: ContinuousClock.Instant) {
    self.churn = churn
    mayRestore = age < Self.patience && age >= .zero
    self.folder = folder
    self.id = id
    self.deadline = NetworkSystem.Deadline(deadline)
  }

  func lookAfter() throws -> Int {
    let before = try SnapshotStore(folder: folder).read(id).snapshot
    let now = try SnapshotReader().read(by: deadline).snapshot
    let plan = RestorePlan(from: now, to: before, expected: churn)
    self.plan = plan
    names = NetworkObjectNames(plan, of: before)
    return plan.steps.count
  }

  func restore() throws -> Int {
    guard let plan, mayRestore else { return 0 }
    let report = try SnapshotRestorer().restore(plan, by: deadline)
    return report.restoredCount + report.presentCount
  }
}
