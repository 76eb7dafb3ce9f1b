import Documents
import GateModel
import Policy

/// What `policy check` prints for people: each place with its line, then how many.
struct PolicyCheckText {
  var check: PolicyCheck
  var layout: TextLayout

  var text: String {
    let places = check.diagnostics.map { DiagnosticText(diagnostic: $0, style: layout.style).text + "\n\n" }
    return places.joined() + summary + "\n"
  }

  private var summary: String {
    let read = "\(CountText.of(check.policies, "policy", "policies")), \(CountText.of(check.rules, "rule", "rules"))"
    let found = [
      CountText.of(check.errors, "error", "errors"), CountText.of(check.warnings, "warning", "warnings"),
    ]
    return "\(read): \(found.joined(separator: ", "))"
  }
}

/// A diagnostic as compilers show theirs: `file:line:col: error: message`, the line with a caret, what to do.
struct DiagnosticText {
  var diagnostic: Diagnostic
  var style: TerminalStyle

  /// Ends without a newline.
  var text: String {
    let rendered = diagnostic.rendered
    let place = "\(DisplayText.line(diagnostic.file)):\(diagnostic.position.line):\(diagnostic.position.column): "
    let word = "\(diagnostic.severity.rawValue):"
    guard style.isColored, rendered.hasPrefix(place + word) else { return rendered }
    let rest = rendered.dropFirst(place.count + word.count)
    return style(.bold, place) + style(diagnostic.severity == .error ? .red : .yellow, word) + rest
  }
}

/// A number with its noun.
enum CountText {
  static func of(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }
}
