internal import Documents

/// Reads policies, tests and captured facts, and gathers what is wrong with them.
final class PolicyReader: DiagnosticCollector {
  /// What names are checked against.
  let context: PolicyContext

  init(source: DocumentSource, context: PolicyContext = PolicyContext()) {
    self.context = context
    super.init(source: source)
  }
}
