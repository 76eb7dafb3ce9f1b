public import GateModel

/// What is known here, for checking policies against it. What is nil is not checked.
public struct PolicyContext: Sendable {
  /// The groups that nodes can be in.
  public var groups: Set<String>?
  /// Names of the source packages that are known here.
  public var sources: Set<String>?
  /// Names of the binary packages that are known here.
  public var binaries: Set<String>?
  /// The moment of the check, for windows that are over.
  public var now: Timestamp?

  public init(
    groups: Set<String>? = nil, sources: Set<String>? = nil, binaries: Set<String>? = nil, now: Timestamp? = nil
  ) {
    self.now = now
    self.groups = groups
    self.sources = sources
    self.binaries = binaries
  }
}
