import FleetSupport
import Foundation

/// What happens to a part of the fleet's machinery.
enum StormFault: CaseIterable {
  /// etcd's leader: as by a crash, as by a machine that hangs, from everybody, and from the other members only, so that it
  /// still takes requests.
  case kill, stop, cut, partition
  /// A coordinator, as by a crash.
  case killCoordinator

  struct Heal: Sendable {
    /// What happened.
    var what: String
    var action: @Sendable () async throws -> Void
  }

  /// Does it, and says how to end it.
  func strike(_ cluster: EtcdCluster, _ coordinators: [CoordinatorProcess]) async throws -> Heal {
    if self == .killCoordinator {
      coordinators[1].kill()
      return Heal(what: "a coordinator killed") { try coordinators[1].start() }
    }
    let leader = try await cluster.leader()
    let name = "the leader \(leader.name)"
    switch self {
    case .kill:
      leader.stop()
      return Heal(what: "\(name) killed") { try leader.start() }
    case .stop:
      leader.signal(SIGSTOP)
      return Heal(what: "\(name) stopped") { leader.signal(SIGCONT) }
    case .cut:
      try cluster.network.cut(leader.name)
      return Heal(what: "\(name) cut off") { try cluster.network.mend(leader.name) }
    case .partition, .killCoordinator:
      try cluster.network.separate(leader.name)
      return Heal(what: "\(name) cut off from the other members only") { try cluster.network.join(leader.name) }
    }
  }
}
