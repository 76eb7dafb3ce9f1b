/// Which targets have to answer after a change: n of m, all by one deadline.
public struct ProbePlan: Sendable, Hashable {
  public var targets: [ProbeTarget]
  /// How many of them have to answer.
  public var needed: Int

  public init(targets: [ProbeTarget], needed: Int? = nil) {
    self.targets = targets
    self.needed = needed ?? targets.count
  }

  /// What is wrong with the plan; empty if nothing. `nextHops` says of each target which neighbours its packets go to
  /// first, the target itself if it is on the link; empty if there is no route.
  public func objections(nextHops: [ProbeTarget: Set<IPAddress>]) -> [Objection] {
    let distinct = Set(targets)
    var objections: [Objection] = []
    if distinct.isEmpty { return [.noTarget] }
    if distinct.count == 1 { objections.append(.singleTarget(targets[0])) }
    if needed < 1 || needed > distinct.count { objections.append(.impossible(needed: needed, of: distinct.count)) }
    let hops = distinct.map { nextHops[$0] ?? [] }
    let all = hops.reduce(into: Set()) { $0.formUnion($1) }
    if distinct.count > 1, let gateway = all.first, all.count == 1, !hops.contains([]) {
      objections.append(.singleGateway(gateway))
    }
    return objections
  }

  /// Why a plan is refused.
  public enum Objection: Sendable, Hashable, CustomStringConvertible {
    case noTarget
    case singleTarget(ProbeTarget)
    case singleGateway(IPAddress)
    case impossible(needed: Int, of: Int)

    public var description: String {
      switch self {
      case .noTarget: "no probe target is named"
      case .singleTarget(let target):
        "`\(target)` is the only probe target: if it fails itself, a sound change is blamed; name at least two"
      case .singleGateway(let gateway):
        "every probe target is behind \(gateway), or is it: if that fails, a sound change is blamed; "
          + "name one that is reached in another way, such as a neighbour on the same link"
      case .impossible(let needed, let count): "\(needed) of \(count) probe targets can not be asked for"
      }
    }
  }
}
