import Glibc

/// Why the node's network could not be read, or a snapshot not be kept or read back.
public struct NetworkSystemError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure it is; stable, for programs.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// There is no such network namespace.
    case noNamespace
    /// It needs root, or CAP_NET_ADMIN.
    case notPermitted
    /// The kernel refused, or sent what cannot be read.
    case kernel
    /// It was not done by the deadline.
    case deadline
    /// A file could not be read or written.
    case file
    /// No stored snapshot is called so, or several are.
    case noSnapshot
    /// A file of a snapshot is not what the manifest says.
    case digestMismatch
    /// A snapshot's manifest cannot be read.
    case manifest
  }

  public var code: Code
  /// In one line: what failed, on what, and what to do.
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }

  /// The error of a system call: a negative errno.
  static func system(_ result: Int, _ what: String, otherwise code: Code = .kernel) -> Self {
    let errno = Int32(clamping: -result)
    let code: Code = errno == EPERM || errno == EACCES ? .notPermitted : errno == ETIMEDOUT ? .deadline : code
    return Self(code, "\(what): \(String(cString: strerror(errno)))")
  }
}
