internal import Documents

/// Reads policies, tests and captured facts, and gathers what is wrong with them.
final class PolicyReader: DiagnosticCollector {
  /// What names are checked against.
  let context: PolicyContext
  /// Whether the text says all that is known, so that nothing is filled in for what is left out.
  let isCapture: Bool

  init(source: DocumentSource, context: PolicyContext = PolicyContext(), isCapture: Bool = false) {
    self.context = context
    self.isCapture = isCapture
    super.init(source: source)
  }
}
