/// A number of nodes: as it stands, or a percentage of those that a ring has.
public enum Share: Sendable, Hashable, CustomStringConvertible {
  case count(Int)
  /// 0 to 100.
  case percent(Int)

  /// For limits of what may be at work: rounded down, but never to nothing unless it says nothing.
  public func limit(of total: Int) -> Int {
    switch self {
    case .count(let count): count
    case .percent(0): 0
    case .percent(let percent): max(1, total * percent / 100)
    }
  }

  /// For what is tolerated: rounded down.
  public func tolerated(of total: Int) -> Int {
    switch self {
    case .count(let count): count
    case .percent(let percent): total * percent / 100
    }
  }

  /// For what is asked for: rounded up, and at least one unless it says nothing.
  public func needed(of total: Int) -> Int {
    switch self {
    case .count(let count): count
    case .percent(0): 0
    case .percent(let percent): max(1, (total * percent + 99) / 100)
    }
  }

  public var description: String {
    switch self {
    case .count(let count): "\(count)"
    case .percent(let percent): "\(percent)%"
    }
  }
}
