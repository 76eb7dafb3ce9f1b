/// One thing wrong with an expression, found before it is evaluated.
public struct Issue: Hashable, Sendable {
  /// Whether it was found while reading or while checking types.
  public enum Phase: String, Sendable { case parse, check }

  /// Where it was found.
  public let phase: Phase
  /// Lower-case, without a final full stop, with what was written in backticks.
  public let message: String
  /// The text it is about.
  public let range: SourceRange
  /// Where that text begins.
  public let position: SourcePosition
}

/// All the things wrong with an expression, in the order of their positions; never empty.
public struct Issues: Error, Sendable, Hashable {
  /// The issues.
  public let all: [Issue]
}

extension Issues: CustomStringConvertible {
  /// One line for each issue, `line:column: message`.
  public var description: String {
    all.map { "\($0.position.line):\($0.position.column): \($0.message)" }.joined(separator: "\n")
  }
}

/// Collects issues while an expression is read or checked.
struct IssueLog {
  let source: SourceText
  let phase: Issue.Phase
  private(set) var issues: [Issue] = []
  /// More errors than this help nobody, and bound the work on hostile text.
  private static let limit = 50

  /// Whether further issues are dropped.
  var isFull: Bool { issues.count >= Self.limit }

  init(source: SourceText, phase: Issue.Phase) {
    self.source = source
    self.phase = phase
  }

  mutating func report(_ message: String, at range: SourceRange) {
    guard !isFull, !isRepetition(message, at: range) else { return }
    let position = source.position(at: range.lower)
    issues.append(Issue(phase: phase, message: message, range: range, position: position))
  }

  /// Where text could not be read, a second complaint about the same place only follows from the first.
  private func isRepetition(_ message: String, at range: SourceRange) -> Bool {
    issues.contains { $0.range.lower == range.lower && (phase == .parse || $0.message == message) }
  }

  func throwIfAny() throws(Issues) {
    guard !issues.isEmpty else { return }
    throw Issues(all: issues.sorted { ($0.range.lower, $0.message) < ($1.range.lower, $1.message) })
  }
}
