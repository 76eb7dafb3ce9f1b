import Glibc

enum StandardError {
  static func tell(_ line: String) { fputs(line + "\n", stderr) }
}
