public import GateModel

/// A rollout as an operator sees it: made of its head and the slots' book alone, so that it costs the same for a fleet of
/// any size.
public struct RolloutReport: Sendable, Hashable, Codable {
  public struct Ring: Sendable, Hashable, Codable {
    public enum State: String, Sendable, Hashable, Codable { case closed, open, passed }

    public var name: String
    public var state: State
    /// Nodes of the fleet that are in it.
    public var nodes: Int
    /// Nodes by phase; those that are not named are `expected`.
    public var phases: [String: Int]
    /// How many must have soaked before it passes.
    public var needed: Int
    public var opened: Timestamp?
    public var passed: Timestamp?
    public var approvals: [RolloutNote]
    /// What it waits for; empty if it has passed.
    public var waiting: [Wait]

    public func count(_ phase: NodePhase) -> Int { phases[phase.rawValue] ?? 0 }
  }

  public var id: RolloutID
  public var status: RolloutStatus
  public var created: Timestamp
  public var note: RolloutNote?
  public var rings: [Ring]
  /// What it waits for as a whole; empty if it is over or complete.
  public var waiting: [Wait]

  /// A ``WaitReason`` as it is told to people and other programs, newer and older ones among them.
  public struct Wait: Sendable, Hashable, Codable, CustomStringConvertible {
    /// People who are to agree before a ring opens.
    public struct People: Sendable, Hashable, Codable {
      public var have: Int
      public var need: Int
      /// Who may; empty if every approver may.
      public var from: [String]
    }

    /// ``WaitReason/kind``
    public var kind: String
    /// One line.
    public var text: String
    /// When it ends, where that is known.
    public var until: Timestamp?
    /// Only of what waits for people.
    public var people: People?

    public init(_ reason: WaitReason) {
      kind = reason.kind
      text = reason.description
      until = reason.until
      if case .approvals(_, let have, let need, let from) = reason {
        people = People(have: have, need: need, from: from)
      }
    }

    public var description: String { text }
  }
}

extension RolloutStateMachine {
  public func report(at now: Timestamp) -> RolloutReport {
    let rings = plan.rings.map { ring in
      let record = head[ring.name]
      return RolloutReport.Ring(
        name: ring.name, state: record.passed != nil ? .passed : record.opened != nil ? .open : .closed,
        nodes: max(record.population, record.counts.values.reduce(0, +)), phases: record.counts, needed: needed(ring),
        opened: record.opened, passed: record.passed, approvals: record.approvals,
        waiting: reasons(of: ring, at: now).map(RolloutReport.Wait.init))
    }
    return RolloutReport(
      id: head.id, status: head.status, created: head.created, note: head.note, rings: rings,
      waiting: reasons(at: now).map(RolloutReport.Wait.init))
  }
}
