internal import Glibc

/// The C library's words for the last error.
enum SystemCall {
  static var problem: String { strerror(errno).map { String(cString: $0) } ?? "error \(errno)" }
}
