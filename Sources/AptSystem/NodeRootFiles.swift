internal import Glibc
public import PackageAnalysis

/// The files of the node, below its root directory.
///
/// Never waits and never reads anything but regular files. Symbolic links are followed as the node itself would:
/// below another root than `/` an absolute link stays below that root.
public struct NodeRootFiles: NodeFiles {
  private let root: String

  /// `root` is ``AptPaths/root`` of the node.
  public init(root: String = "/") {
    self.root = root
  }

  public func contents(of path: String, limit: Int) -> [UInt8]? {
    guard path.hasPrefix("/") else { return nil }
    return RegularFile.contents(of: path, root: root, limit: limit)
  }

  public func names(in directory: String) -> [String]? {
    guard directory.hasPrefix("/") else { return nil }
    return DirectoryNames.names(in: directory, root: root)
  }
}
