/// Programs in another language inside a shell script, such as `perl -ne '...'`.
enum InlineProgram {
  /// Words by which such a program could start another program, load code or end a process.
  private static let powers = [
    "system", "exec", "qx", "`", "fork", "kill", "open", "eval", "require", "use ", "syscall", "do ", "import", "os.",
    "subprocess", "|",
  ]

  /// Whether a call surely starts nothing: its whole text is known and has none of ``powers`` in it, or it only compiles
  /// Python files.
  static func isHarmless(_ call: ToolCall) -> Bool {
    if call.tool.hasPrefix("python") || call.tool.hasPrefix("pypy") {
      return call.arguments.contains { $0.knownPrefix.hasSuffix("/py_compile.py") || $0.known == "py_compile" }
    }
    guard call.tool == "perl", let option = call.arguments.first(where: { $0.isInlineOption }),
      let index = call.arguments.firstIndex(of: option), call.arguments.indices.contains(index + 1),
      let text = call.arguments[index + 1].known
    else { return false }
    return !powers.contains { text.contains($0) }
  }
}

extension AbstractText {
  /// Whether it is an option such as `-e` or `-pi.bak -ne`, after which the program's text comes.
  fileprivate var isInlineOption: Bool {
    guard let known, known.hasPrefix("-"), !known.hasPrefix("--") else { return false }
    return known.hasSuffix("e") || known.hasSuffix("E")
  }
}
