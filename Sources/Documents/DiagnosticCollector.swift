/// Gathers everything that is wrong in one file, so that all of it can be said at once.
///
/// Readers of typed values (`text(_:_:)`, ``MappingReader`` and so on) tell it what they refuse. A room that reads a
/// kind of document subclasses it for what its own readers need to know.
open class DiagnosticCollector {
  /// A file with more to say about it than this is not read by anybody; the rest is not told. The first error always is.
  public static let mostDiagnostics = 100

  public let source: DocumentSource
  /// In the order in which they were found.
  public private(set) var diagnostics: [Diagnostic] = []
  public private(set) var hasErrors = false
  /// Whether the file could not be read to its end: what is missing then is not worth a word.
  public internal(set) var isTruncated = false
  private var lines: [Substring]?

  public init(source: DocumentSource) { self.source = source }

  public func error(
    _ code: Diagnostic.Code, at position: DocumentPosition, _ message: String, suggestion: String? = nil
  ) {
    add(.error, code, position, message, suggestion)
    hasErrors = true
  }

  public func warning(
    _ code: Diagnostic.Code, at position: DocumentPosition, _ message: String, suggestion: String? = nil
  ) {
    add(.warning, code, position, message, suggestion)
  }

  /// Reports that `node` is not what it should be, unless it has been refused already.
  public func wrongType(_ node: YamlNode, _ message: String, suggestion: String? = nil) {
    guard !node.isRefused else { return }
    error(.wrongType, at: node.position, message, suggestion: suggestion)
  }

  /// A line of the text, without its end; nil if there is none of that number.
  public func line(_ number: Int) -> String? {
    let all = lines ?? splitLines()
    lines = all
    return all.indices.contains(number - 1) ? String(all[number - 1]) : nil
  }

  private func add(
    _ severity: Diagnostic.Severity, _ code: Diagnostic.Code, _ position: DocumentPosition,
    _ message: String, _ suggestion: String?
  ) {
    let isFirstError = severity == .error && !hasErrors
    guard diagnostics.count < Self.mostDiagnostics || isFirstError else { return }
    diagnostics.append(
      Diagnostic(
        severity: severity, code: code, file: source.name, position: position, message: message,
        suggestion: suggestion, sourceLine: line(position.line)))
  }

  /// Split as libyaml counts lines: at LF, CR LF and CR; its other breaks do not occur in what we accept.
  private func splitLines() -> [Substring] {
    let bytes = source.text.utf8
    var (lines, start): ([Substring], String.Index) = ([], bytes.startIndex)
    while let end = bytes[start...].firstIndex(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
      lines.append(source.text[start..<end])
      start = bytes.index(after: end)
      if bytes[end] == UInt8(ascii: "\r"), start < bytes.endIndex, bytes[start] == UInt8(ascii: "\n") {
        bytes.formIndex(after: &start)
      }
    }
    return lines + [source.text[start...]]
  }
}
