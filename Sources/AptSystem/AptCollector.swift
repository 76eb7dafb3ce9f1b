internal import CAptPkg
public import GateModel

/// Collects what apt would do on this node, or on the root that its options point at.
///
/// Reads as any user can: takes no lock, needs no root, and writes nothing but libapt's own package cache, and
/// that only where `apt list` run by the same user would write it.
///
/// Not `Sendable`: libapt-pkg is not thread-safe. Several collectors may exist in one process, on several threads
/// too; their calls wait for each other, and each call sees its own collector's options. Going from one collector
/// to another makes libapt start over, so work through one before the next.
public final class AptCollector {
  let configuration: AptConfiguration
  /// The binaries of the last ``pending()``, for what is asked about them together.
  var planned: [BinaryChange] = []

  /// `options` are applied as apt-get's `-o`: after APT_CONFIG and the configuration files, in their order.
  ///
  /// Throws ``AptSystemError/Code/optionMalformed``. Nothing is read before the first question.
  public init(options: [AptOption] = []) throws {
    for option in options { try option.validate() }
    configuration = AptConfiguration(options: options)
  }

  /// Everything that `apt-get dist-upgrade` would do now if apt-gate held nothing, and what it would keep back.
  ///
  /// Reads configuration, lists and status anew. Throws ``AptSystemError``: no lists, lists or status that cannot
  /// be read, or installed packages with unmet dependencies are errors, never "nothing is pending".
  public func pending() throws -> PendingChanges {
    let pending = try AptLibrary.use(configuration, fresh: true) {
      try requireStatus(paths())
      return try plan(holding: .empty, keeping: [])
    }
    planned = pending.changes.flatMap(\.binaries)
    return pending
  }

  /// Where the node has what apt and dpkg work with.
  public func nodePaths() throws -> AptPaths {
    try AptLibrary.use(configuration) { try paths() }
  }
}

/// Directories and files of a node, as apt's configuration names them.
public struct AptPaths: Sendable, Hashable {
  /// The node's root directory: apt's `Dir`, below `RootDir`.
  public var root: String
  /// dpkg's status file.
  public var status: String
  /// Where package lists are.
  public var lists: String
  /// apt's archive cache.
  public var archives: String
  /// The folder of apt's preferences, without a slash at its end; nil if apt is told to read none.
  public var preferencesParts: String?

  /// dpkg's directory, the one that the status file is in.
  public var dpkg: String {
    let slash = status.lastIndex(of: "/") ?? status.startIndex
    return String(status[..<slash])
  }
}
