import Glibc

/// The lines of standard input that are not blank.
struct LineReader {
  enum Line {
    case whole([UInt8])
    /// A line that was dropped for its length.
    case tooLong
  }

  /// Bytes of a line that is still read.
  static let lengthLimit = 64 << 20

  private var pending: [UInt8] = []
  /// Bytes of `pending` already known to hold no end of line.
  private var searched = 0
  private var isDropping = false
  private var isAtEnd = false

  mutating func next() -> Line? {
    while true {
      if let end = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(pending[..<end])
        pending.removeSubrange(...end)
        searched = 0
        if let result = finish(line) { return result }
      } else if isAtEnd {
        guard !pending.isEmpty || isDropping else { return nil }
        let line = pending
        pending = []
        searched = 0
        if let result = finish(line) { return result }
      } else {
        dropIfTooLong()
        read()
      }
    }
  }

  private mutating func finish(_ line: [UInt8]) -> Line? {
    let wasDropping = isDropping
    isDropping = false
    if wasDropping { return .tooLong }
    return line.allSatisfy { [0x20, 0x09, 0x0D].contains($0) } ? nil : .whole(line)
  }

  private mutating func dropIfTooLong() {
    searched = pending.count
    guard pending.count > Self.lengthLimit else { return }
    isDropping = true
    pending = []
    searched = 0
  }

  private mutating func read() {
    var chunk = [UInt8](repeating: 0, count: 65536)
    let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
    if count > 0 {
      pending += chunk.prefix(count)
    } else if count == 0 || errno != EINTR {
      isAtEnd = true
    }
  }
}

/// Standard output without a buffer: every answer is there as soon as it is known.
enum LineWriter {
  static func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      guard count >= 0 || errno == EINTR else { exit(1) }
      bytes = bytes.dropFirst(max(0, count))
    }
  }
}
