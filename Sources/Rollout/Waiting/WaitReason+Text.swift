internal import GateModel

extension WaitReason: CustomStringConvertible {
  /// One line, times in UTC.
  public var description: String {
    switch self {
    case .halted(let note): "halted by \(note.by) since \(note.at): \(note.reason)"
    case .earlierRing(let ring): "ring `\(ring)` has not passed"
    case .approvals(let ring, let have, let need, let from):
      "ring `\(ring)` opens with the approval of \(Self.people(need)), \(have) so far" + Self.among(from)
    case .slots(let ring, let used, let limit): "all slots of ring `\(ring)` are taken: \(used) of \(limit)"
    case .domain(let domain, let used, let limit):
      "neighbours in `\(domain)` are at work: \(used), at most \(limit)"
    case .window(let ring, let opens):
      opens.map { "ring `\(ring)` has its next window at \($0)" } ?? "no window of ring `\(ring)` opens again"
    case .soak(let ring, let soaked, let need, let until):
      "ring `\(ring)` soaks: \(soaked) of \(need) nodes have" + (until.map { ", the last ones until \($0)" } ?? "")
    case .minimumHealthy(let ring, let have, let need):
      "ring `\(ring)` has \(have) healthy nodes, \(need) are needed"
    case .unheard(let ring, let count):
      "\(Self.nodes(count)) of ring `\(ring)` not heard from about this version: wait for a check-in, or skip"
    case .noMembers(let ring): "no node is in ring `\(ring)`: change its groups, or promote it"
    case .atWork(let ring, let count): "\(Self.nodes(count)) of ring `\(ring)` \(count == 1 ? "is" : "are") at work"
    case .turn(let ring, let count): "\(Self.nodes(count)) of ring `\(ring)` may begin when asking next"
    case .unproven(let artifacts): "no earlier ring ran " + Refusal.list(artifacts)
    case .unprovenNodes(let ring, let count):
      "\(Self.nodes(count)) of ring `\(ring)` would install packages that no earlier ring ran: admit or skip them"
    case .noRing: "no ring takes this node: its labels match no group of a ring"
    case .severalRings(let groups):
      "this node is in groups of several rings: " + groups.map { "`\($0)`" }.joined(separator: ", ")
    case .unwell(let problem): "the node is not well: \(problem)"
    }
  }

  private static func people(_ count: Int) -> String { count == 1 ? "1 person" : "\(count) people" }
  private static func nodes(_ count: Int) -> String { count == 1 ? "1 node" : "\(count) nodes" }

  private static func among(_ people: [String]) -> String {
    people.isEmpty ? "" : ", of " + people.map { "`\($0)`" }.joined(separator: ", ")
  }
}

extension Waiting {
  /// The shortest and the longest time until it is worth asking again.
  static let soonest = Duration.seconds(60)
  static let latest = Duration.seconds(3600)
  /// Where nobody knows when a reason ends.
  static let usual = Duration.seconds(300)

  init(_ reasons: [WaitReason], at now: Timestamp) {
    let known = reasons.compactMap(\.until).max()
    let wish = known ?? now.advanced(by: Self.usual)
    self.init(
      reasons: reasons,
      askAgain: min(max(wish, now.advanced(by: Self.soonest)), now.advanced(by: Self.latest)))
  }
}
