/// What the node remembers from one check to the next: its own record, never a date that a package or archive supplies.
///
/// Whoever keeps the record gives it to the facts with ``Facts/remembering(_:)``.
public struct NodeMemory: Sendable, Hashable {
  /// A version of a source package; nil for its removal.
  public struct Version: Sendable, Hashable {
    public var source: String
    public var version: PackageVersion?

    public init(source: String, version: PackageVersion?) {
      self.source = source
      self.version = version
    }
  }

  /// When this node, or its fleet, first saw the version.
  public var firstSeen: [Version: Timestamp]
  /// Since when the version has been held without a break; without an entry it is not held.
  public var heldSince: [Version: Timestamp]
  /// The units whose restart a shield refused and that nobody has made up for; nil if that was not looked up.
  public var owedRestarts: Set<String>?

  public init(
    firstSeen: [Version: Timestamp] = [:], heldSince: [Version: Timestamp] = [:], owedRestarts: Set<String>? = nil
  ) {
    self.firstSeen = firstSeen
    self.heldSince = heldSince
    self.owedRestarts = owedRestarts
  }

  /// Notes that `change` is seen at `now`; a version that has been seen before keeps its time.
  public mutating func see(_ change: Change, at now: Timestamp) {
    let version = Version(source: change.source, version: change.to)
    firstSeen[version] = min(firstSeen[version] ?? now, now)
  }
}

extension Facts {
  /// The facts with what the node remembers of the version. What it does not remember stays as it is.
  public func remembering(_ memory: NodeMemory) -> Facts {
    let version = NodeMemory.Version(source: change.source, version: change.to)
    var facts = self
    facts.firstSeen = memory.firstSeen[version] ?? firstSeen
    facts.heldSince = memory.heldSince[version] ?? heldSince
    if let owed = memory.owedRestarts { facts.node?.owedRestarts = owed.sorted() }
    return facts
  }
}
