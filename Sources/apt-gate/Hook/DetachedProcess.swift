import Glibc

/// What a process does that outlives the one that started it.
enum DetachedProcess {
  /// Nothing of the starter's is kept open: a pipe that does not end would hold who waits for it.
  static func closeInherited() {
    for name in TextFile.names(in: "/proc/self/fd") {
      if let descriptor = Int32(name), descriptor > 2 { close(descriptor) }
    }
  }

  /// Whoever waits for standard output or error to end is let go.
  static func silence() {
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    guard null >= 0 else { return }
    dup2(null, 1)
    dup2(null, 2)
    close(null)
  }
}
