/// The difference between two snapshots, less what is expected churn.
public struct Drift: Sendable, Hashable {
  /// How one object differs.
  public struct Difference: Sendable, Hashable {
    public enum Change: String, Sendable, Hashable, CaseIterable { case added, removed, changed }

    public var kind: NetworkObjectKind
    /// The place of its message in the earlier snapshot's table; nil if it was added.
    public var before: Int?
    /// The place in the later snapshot's table; nil if it was removed.
    public var after: Int?

    public init(kind: NetworkObjectKind, before: Int?, after: Int?) {
      self.kind = kind
      self.before = before
      self.after = after
    }

    public var change: Change { before == nil ? .added : after == nil ? .removed : .changed }
  }

  /// By kind in the order of ``NetworkObjectKind``, then in the kernel's order: removed and changed, then added.
  public var differences: [Difference] = []
  /// How many differences were left out as expected churn.
  public var expectedCount = 0

  /// Compares two snapshots of one boot; interfaces are told apart by their index, as the kernel does.
  ///
  /// Takes time and memory in proportion to the differences, besides one walk over both.
  public init(from before: NetworkSnapshot, to after: NetworkSnapshot, expected: ExpectedChurn = .none) {
    for kind in NetworkObjectKind.allCases {
      before[kind].withMessages { first in
        after[kind].withMessages { second in
          var comparison = TableComparison(kind: kind, before: first, after: second)
          differences += comparison.differences()
        }
      }
    }
    if !expected.isNone { leaveOut(expected, before, after) }
  }

  public var isEmpty: Bool { differences.isEmpty }

  public func count(_ kind: NetworkObjectKind, _ change: Difference.Change) -> Int {
    differences.count { $0.kind == kind && $0.change == change }
  }

  private mutating func leaveOut(_ expected: ExpectedChurn, _ before: NetworkSnapshot, _ after: NetworkSnapshot) {
    let namesBefore = before.interfaceNames
    let namesAfter = after.interfaceNames
    let all = differences.count
    differences.removeAll { difference in
      let isExpectedBefore = difference.before.map { before.isCovered(by: expected, difference.kind, $0, namesBefore) }
      let isExpectedAfter = difference.after.map { after.isCovered(by: expected, difference.kind, $0, namesAfter) }
      return isExpectedBefore ?? true && isExpectedAfter ?? true
    }
    expectedCount = all - differences.count
  }
}

extension NetworkSnapshot {
  /// The links' names by index.
  public var interfaceNames: [UInt32: String] {
    Dictionary(links.map { ($0.index, $0.name) }) { first, _ in first }
  }

  fileprivate func isCovered(
    by expected: ExpectedChurn, _ kind: NetworkObjectKind, _ place: Int, _ names: [UInt32: String]
  ) -> Bool {
    self[kind].withMessages { $0.frame(at: place).map { expected.covers($0, names: names) } ?? false }
  }
}

/// Compares the tables of one kind.
private struct TableComparison {
  let kind: NetworkObjectKind
  let before: MessageReader
  let after: MessageReader

  mutating func differences() -> [Drift.Difference] {
    var matcher = MessageMatcher(before: before, after: after)
    let (onlyBefore, onlyAfter) = matcher.match()
    var successors = places(onlyAfter)
    var result: [Drift.Difference] = []
    for place in onlyBefore {
      let successor = before.frame(at: Int(place)).flatMap { takeFirst(ObjectKey($0), from: &successors) }
      result.append(Drift.Difference(kind: kind, before: Int(place), after: successor))
    }
    let added = successors.values.flatMap(\.self).sorted()
    return result + added.map { Drift.Difference(kind: kind, before: nil, after: $0) }
  }

  private func places(_ indices: [UInt32]) -> [ObjectKey: [Int]] {
    var places: [ObjectKey: [Int]] = [:]
    for index in indices.reversed() {
      if let frame = after.frame(at: Int(index)) { places[ObjectKey(frame), default: []].append(Int(index)) }
    }
    return places
  }

  private func takeFirst(_ key: ObjectKey, from places: inout [ObjectKey: [Int]]) -> Int? {
    guard let place = places[key]?.popLast() else { return nil }
    if places[key]?.isEmpty == true { places[key] = nil }
    return place
  }
}
