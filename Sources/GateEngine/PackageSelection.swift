import GateModel

/// Which of the pending changes a person asked about.
public struct PackageSelection: Sendable, Hashable {
  /// Empty stands for everything.
  public let patterns: [PackagePattern]

  public init(_ names: [String]) {
    patterns = names.map(PackagePattern.init)
  }

  /// Every pending change.
  public static let everything = PackageSelection([])

  /// `pending` narrowed to the selection, and the names that are known but have nothing pending.
  ///
  /// Throws ``GateEngineError`` for the first name that `names` does not know.
  func narrow(
    _ pending: PendingChanges, names: () throws -> PackageNames
  ) throws -> (pending: PendingChanges, nothingPending: [String]) {
    guard !patterns.isEmpty else { return (pending, []) }
    var narrowed = pending
    narrowed.changes = pending.changes.filter { change in patterns.contains { $0.matches(change) } }
    narrowed.keptBack = pending.keptBack.filter { package in patterns.contains { $0.matches(package) } }
    let silent = patterns.filter { pattern in
      !narrowed.changes.contains(where: pattern.matches) && !narrowed.keptBack.contains(where: pattern.matches)
    }
    try refuseUnknown(silent, names: names)
    return (narrowed, silent.map(\.text))
  }

  private func refuseUnknown(_ patterns: [PackagePattern], names: () throws -> PackageNames) throws {
    guard !patterns.isEmpty else { return }
    let known = try names().all.sorted()
    for pattern in patterns where !known.contains(where: pattern.matches(name:)) {
      throw GateEngineError.unknownPackage(pattern.text, near: NearNames.of(pattern.text, among: known))
    }
  }
}
