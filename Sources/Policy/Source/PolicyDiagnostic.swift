internal import GateModel

/// Something wrong, or worth a second look, in a policy file.
public struct PolicyDiagnostic: Error, Sendable, Hashable {
  public enum Severity: String, Sendable, Hashable {
    /// The file cannot be used as it is.
    case error
    /// The file can be used; it may not do what was meant.
    case warning
  }

  /// What kind of thing is wrong; stable, for programs.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    case syntax, limit
    case forbiddenYAML = "forbidden-yaml"
    case unknownKey = "unknown-key"
    case missingKey = "missing-key"
    case duplicateKey = "duplicate-key"
    case duplicateName = "duplicate-name"
    case wrongType = "wrong-type"
    case ambiguousScalar = "ambiguous-scalar"
    case invalidValue = "invalid-value"
    case ambiguousTime = "ambiguous-time"
    case unknownName = "unknown-name"
    case missingMaximum = "missing-maximum"
    case expression
    case unreachable, shadowed, broad, untested
    case holdsItself = "holds-itself"
  }

  public var severity: Severity
  public var code: Code
  /// Name of the ``PolicySource``.
  public var file: String
  public var position: SourcePosition
  public var message: String
  /// What to do about it, where that is known.
  public var suggestion: String?
  /// The line of the file that `position` lies in.
  public var sourceLine: String?

  public init(
    severity: Severity, code: Code, file: String, position: SourcePosition, message: String,
    suggestion: String? = nil, sourceLine: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.file = file
    self.position = position
    self.message = message
    self.suggestion = suggestion
    self.sourceLine = sourceLine
  }
}

extension PolicyDiagnostic {
  /// `file:line:col: error: message`, the source line with a caret under the place, and what to do.
  ///
  /// Safe for a terminal: control characters of the file are escaped. Ends without a newline.
  public var rendered: String {
    let place = "\(DisplayText.line(file)):\(position.line):\(position.column)"
    var lines = ["\(place): \(severity.rawValue): \(DisplayText.line(message))"]
    if let sourceLine { lines += excerpt(of: sourceLine) }
    if let suggestion { lines.append("  = \(DisplayText.line(suggestion))") }
    return lines.joined(separator: "\n")
  }

  /// Source lines are shown up to this many columns; a longer one is shown around the caret.
  private static let widestExcerpt = 100

  private func excerpt(of text: String) -> [String] {
    let scalars = Array(text.unicodeScalars)
    let column = min(max(position.column - 1, 0), scalars.count)
    let first = max(0, column - Self.widestExcerpt * 3 / 4)
    let last = min(scalars.count, first + Self.widestExcerpt)
    let before = display(scalars[first..<column])
    let shown = before + display(scalars[column..<max(column, last)])
    let gutter = String(position.line)
    let padding = String(repeating: " ", count: gutter.count)
    let caret = String(repeating: " ", count: before.count) + "^"
    return ["  \(gutter) | \(shown)", "  \(padding) | \(caret)"]
  }

  private func display(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return DisplayText.line(String(text))
  }
}
