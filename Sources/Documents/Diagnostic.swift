internal import GateModel

/// Something wrong, or worth a second look, in a document.
public struct Diagnostic: Error, Sendable, Hashable {
  public enum Severity: String, Sendable, Hashable {
    /// The file cannot be used as it is.
    case error
    /// The file can be used; it may not do what was meant.
    case warning
  }

  /// What kind of thing is wrong; stable, for programs. A room adds those that only its documents have.
  public struct Code: RawRepresentable, Sendable, Hashable {
    public var rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }

    public static let syntax = Code("syntax")
    public static let limit = Code("limit")
    public static let forbiddenYAML = Code("forbidden-yaml")
    public static let unknownKey = Code("unknown-key")
    public static let missingKey = Code("missing-key")
    public static let duplicateKey = Code("duplicate-key")
    public static let duplicateName = Code("duplicate-name")
    public static let wrongType = Code("wrong-type")
    public static let ambiguousScalar = Code("ambiguous-scalar")
    public static let invalidValue = Code("invalid-value")
    public static let unknownName = Code("unknown-name")
  }

  public var severity: Severity
  public var code: Code
  /// Name of the ``DocumentSource``.
  public var file: String
  public var position: DocumentPosition
  public var message: String
  /// What to do about it, where that is known.
  public var suggestion: String?
  /// The line of the file that `position` lies in.
  public var sourceLine: String?

  public init(
    severity: Severity, code: Code, file: String, position: DocumentPosition, message: String,
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

extension Diagnostic {
  /// By file and place, for lists that people read.
  public static func inPlaceOrder(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
    (left.file, left.position, left.message) < (right.file, right.position, right.message)
  }

  /// The diagnostic with the line of `text` that it is about, if it has none yet.
  public func showingLine(of text: String) -> Diagnostic {
    guard sourceLine == nil else { return self }
    var result = self
    result.sourceLine = text.split(separator: "\n", omittingEmptySubsequences: false)
      .dropFirst(position.line - 1).first.map(String.init)
    return result
  }

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
