/// Gathers everything that is wrong in one file, so that all of it can be said at once.
final class DiagnosticCollector {
  /// A file with more errors than this is not read by anybody; the rest is counted.
  static let mostDiagnostics = 100

  let source: PolicySource
  let context: PolicyContext
  private(set) var diagnostics: [PolicyDiagnostic] = []
  private(set) var hasErrors = false
  /// Whether the file could not be read to its end: what is missing then is not worth a word.
  var isTruncated = false
  private var lines: [Substring]?

  init(source: PolicySource, context: PolicyContext = PolicyContext()) {
    self.source = source
    self.context = context
  }

  func error(
    _ code: PolicyDiagnostic.Code, at position: SourcePosition, _ message: String, suggestion: String? = nil
  ) {
    hasErrors = true
    add(.error, code, position, message, suggestion)
  }

  func warning(
    _ code: PolicyDiagnostic.Code, at position: SourcePosition, _ message: String, suggestion: String? = nil
  ) {
    add(.warning, code, position, message, suggestion)
  }

  /// Reports that `node` is not what it should be, unless it has been refused already.
  func wrongType(_ node: YamlNode, _ message: String, suggestion: String? = nil) {
    guard !node.isRefused else { return }
    error(.wrongType, at: node.position, message, suggestion: suggestion)
  }

  /// A line of the text, without its end; nil if there is none of that number.
  func line(_ number: Int) -> String? {
    let all = lines ?? splitLines()
    lines = all
    return all.indices.contains(number - 1) ? String(all[number - 1]) : nil
  }

  private func add(
    _ severity: PolicyDiagnostic.Severity, _ code: PolicyDiagnostic.Code, _ position: SourcePosition,
    _ message: String, _ suggestion: String?
  ) {
    guard diagnostics.count < Self.mostDiagnostics else { return }
    diagnostics.append(
      PolicyDiagnostic(
        severity: severity, code: code, file: source.name, position: position, message: message,
        suggestion: suggestion, sourceLine: line(position.line)))
  }

  /// Split as libyaml counts lines: at LF, CR LF and CR; its other breaks do not occur in what we accept.
  private func splitLines() -> [Substring] {
    source.text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
  }
}
