import Glibc

enum StandardError {
  static func tell(_ line: String) {
    _ = Array((line + "\n").utf8).withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
  }
}
