import Documents
import GateModel
import Policy

/// Facts that `apt-gate check --facts` printed.
enum FactsFile {
  /// No capture is longer: a change with all its effects takes some kilobytes.
  static let limit = 64 << 20

  /// The facts in the file at `path`, `-` being standard input; what is wrong in it is told on standard error.
  static func load(_ path: String) throws -> [Facts] {
    let bytes = path == "-" ? TextFile.bytes(from: 0, limit: limit) : TextFile.bytes(of: path, limit: limit)
    guard let bytes else {
      throw failure("cannot read the facts in `\(path)`: \(SystemError.text(SystemError.last))")
    }
    guard let source = DocumentSource(name: path == "-" ? "standard input" : path, bytes: bytes) else {
      throw failure("the facts in `\(path)` are not UTF-8")
    }
    let (capture, diagnostics) = FactsCapture.load(source)
    try StandardStream.error.tell(diagnostics)
    guard diagnostics.isEmpty else { throw failure("the facts in `\(path)` are broken") }
    return capture.facts
  }

  private static func failure(_ message: String) -> CommandFailure {
    CommandFailure(message: message, hint: "write facts with `apt-gate check --facts`", status: .undetermined)
  }
}
