/// How long objects were away: the gaps between the notification that one is deleted and that it is there again.
public struct GapStatistics: Sendable, Hashable {
  /// In microseconds, the shortest first.
  public let gaps: [Int64]

  public init(gaps: [Int64]) { self.gaps = gaps.sorted() }

  /// The gaps of what came back in a guard's events.
  public init(_ events: [GuardEvent]) {
    self.init(gaps: events.compactMap { $0.kind == .returned ? $0.delay : nil })
  }

  public var count: Int { gaps.count }
  public var worst: Int64? { gaps.last }

  /// The lower of the two in the middle if their number is even.
  public var median: Int64? { gaps.isEmpty ? nil : gaps[(gaps.count - 1) / 2] }
}
