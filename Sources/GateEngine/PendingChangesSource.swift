public import GateModel

/// Collects what apt would do on this node now.
public protocol PendingChangesSource {
  /// Everything that `apt-get dist-upgrade` would make now, and what it would leave.
  func pending() throws -> PendingChanges
}

/// The names that this node's package lists know.
public protocol PackageNameSource {
  func packageNames() throws -> PackageNames
}
