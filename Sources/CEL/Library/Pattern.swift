import CRE2

/// A compiled RE2 pattern; matching takes time linear in the text, whatever the pattern.
final class Pattern: Sendable {
  /// Bytes a pattern and its automata may take; more is refused by RE2.
  private static let memoryLimit: Int64 = 1 << 20
  /// Bytes of a pattern's text.
  private static let lengthLimit = 4096

  /// Patterns one expression may have written out; each takes milliseconds to compile at worst.
  static let countLimit = 200

  // INVARIANT: written once in `init`; RE2's matching is safe from any thread.
  private nonisolated(unsafe) let handle: OpaquePointer

  private init(_ handle: OpaquePointer) { self.handle = handle }

  deinit { cre2_free(handle) }

  static func compile(_ text: String) -> Result<Pattern, EvaluationFailure> {
    guard text.utf8.count <= lengthLimit else {
      return .failure(EvaluationFailure(.invalidArgument, "the pattern is longer than \(lengthLimit) bytes"))
    }
    var copy = text
    let handle = copy.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cre2_compile($0.baseAddress, $0.count, memoryLimit) }
    }
    guard let handle else { return .failure(EvaluationFailure(.invalidArgument, "there is no memory for the pattern")) }
    if let message = cre2_error(handle) {
      let reason = String(cString: message)
      cre2_free(handle)
      return .failure(EvaluationFailure(.invalidArgument, "`\(text)` is not a pattern RE2 takes: \(reason)"))
    }
    return .success(Pattern(handle))
  }

  /// Compiles a pattern that is only known while evaluating; charged by what compiling may take.
  static func compile(_ text: String, _ budget: inout Budget) throws(EvaluationFailure) -> Pattern {
    try budget.spend(1_000 + 8 * text.utf8.count)
    let pattern = try compile(text).get()
    try budget.spend(Int(cre2_program_size(pattern.handle)))
    return pattern
  }

  func matches(_ text: String, _ budget: inout Budget) throws(EvaluationFailure) -> Bool {
    // Linear in the text, but where the automaton does not fit its memory also in the pattern.
    try budget.spend(4 + (text.utf8.count >> 2) * (1 + Int(cre2_program_size(handle)) / 64))
    var copy = text
    let found = copy.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cre2_search(handle, $0.baseAddress, $0.count) }
    }
    guard found >= 0 else { throw EvaluationFailure(.invalidArgument, "there is no memory to match the pattern") }
    return found == 1
  }
}
