import Glibc
import GateModel

/// A standard stream of the process.
enum StandardStream: Int32, Sendable {
  case output = 1
  case error = 2

  /// Whether it is a terminal.
  var isTerminal: Bool { isatty(rawValue) == 1 }

  /// The columns of the terminal; nil if it is none or does not say.
  var columns: Int? {
    var size = winsize()
    guard isTerminal, ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Writes all of `text`. A reader that went away (`apt-gate check | head -1`) is no error.
  func write(_ text: String) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(rawValue, $0.baseAddress, $0.count) }
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno == EPIPE {
        return
      } else if errno != EINTR {
        throw CommandFailure(message: "cannot write the output: \(SystemError.text(errno))", hint: nil)
      }
    }
  }

  /// Makes broken pipes harmless, and gives a closed standard stream a place that swallows what is written:
  /// otherwise the next file that is opened would take its number, and the output would land in it.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
      _ = open("/dev/null", O_RDWR)
    }
  }
}

/// The C library's words for an error number.
enum SystemError {
  /// The number of the last error.
  static var last: Int32 { errno }

  static func text(_ number: Int32) -> String {
    strerror(number).map { String(cString: $0) } ?? "error \(number)"
  }
}
