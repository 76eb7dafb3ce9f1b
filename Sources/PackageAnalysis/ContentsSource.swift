public import GateModel

/// Where the contents of packages come from. The analysis does not know whether it is a disk or a test.
public protocol PackageContentsSource {
  /// The candidate of `binary`, if its .deb is at hand; nil if it is not.
  func candidate(of binary: BinaryChange) throws -> PackageContents?
  /// The installed version of a package; nil if it is not installed.
  func installed(name: String, architecture: String) throws -> PackageContents?
  /// What installed packages want to be triggered by.
  func triggerInterests() throws -> [TriggerInterest]
}

/// The node's own files, as far as scripts source, run or list them.
///
/// The answers are used to *follow* scripts, never to rule a branch out: a file may come or go before
/// the change applies.
public protocol NodeFiles {
  /// The bytes of a regular file; nil if it is absent, cannot be read or has over `limit` bytes.
  func contents(of path: String, limit: Int) -> [UInt8]?
  /// Names in a directory, sorted; nil if it is absent or cannot be read.
  func names(in directory: String) -> [String]?
}

/// A node of which no file is known.
public struct NoNodeFiles: NodeFiles {
  public init() {}
  public func contents(of path: String, limit: Int) -> [UInt8]? { nil }
  public func names(in directory: String) -> [String]? { nil }
}
