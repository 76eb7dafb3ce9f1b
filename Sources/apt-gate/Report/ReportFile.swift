import Glibc
import NetworkSystem

/// The file that a report is written to.
struct ReportFile {
  let path: String

  /// Writes all of `text` or nothing. What is there and is no file, such as a device, is left alone.
  func write(_ text: String) throws {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw CommandFailure(message: "`\(path)` is not a file", hint: "name a file, or leave `--output` out")
    }
    try AtomicFile.write(text, to: path)
  }
}
