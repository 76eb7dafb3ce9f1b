import Glibc

/// The network namespace that a snapshot is of.
public struct NetworkNamespace: Sendable, Hashable, Codable {
  /// The path that it was asked for by, such as `/run/netns/NAME`; nil for that of the process itself.
  public var path: String?
  /// What the kernel knows it by until the next boot: the inode of its file in `/proc/PID/ns/net`.
  public var inode: UInt64

  public init(path: String?, inode: UInt64) {
    self.path = path
    self.inode = inode
  }

  /// The one at a path; nil is that of this process. Nil if there is none.
  public init?(at path: String?) {
    var information = stat()
    guard stat(path ?? "/proc/self/ns/net", &information) == 0 else { return nil }
    self.init(path: path, inode: UInt64(information.st_ino))
  }
}
