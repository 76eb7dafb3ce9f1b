/// The names that a node's package lists and dpkg's status know, installed or not.
public struct PackageNames: Sendable, Hashable {
  public var sources: Set<String>
  public var binaries: Set<String>

  public init(sources: Set<String>, binaries: Set<String>) {
    self.sources = sources
    self.binaries = binaries
  }

  /// Both: a person may mean either.
  public var all: Set<String> { sources.union(binaries) }
}
