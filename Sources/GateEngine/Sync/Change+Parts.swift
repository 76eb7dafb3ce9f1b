import GateModel

extension Change {
  /// What would have to be pinned to keep it out.
  var pins: [Pin] { Set(binaries.compactMap(\.to)).map { Pin(source: source, version: $0) } }

  /// The packages that it removes.
  var removals: [BinaryPackage] { binaries.filter { $0.to == nil }.map(\.package) }

  /// Whether a decision on this change is one on `other` too: the same versions for no more packages.
  func covers(_ other: Change) -> Bool {
    source == other.source && Set(binaries.map(Step.init)).isSuperset(of: other.binaries.map(Step.init))
  }

  /// Whether all of its packages that are installed move in `pending` as they do here. What it would install besides or
  /// remove may stay out: nothing may need it there.
  func moves(in pending: PendingChanges) -> Bool {
    let steps = Set(pending.changes.first { $0.source == source }?.binaries.map(Step.init) ?? [])
    return binaries.allSatisfy { $0.from == nil || $0.to == nil || steps.contains(Step($0)) }
  }

  private struct Step: Hashable {
    var package: BinaryPackage
    var to: PackageVersion?

    init(_ binary: BinaryChange) {
      package = binary.package
      to = binary.to
    }
  }
}
