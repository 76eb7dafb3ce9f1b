/// A generated script as a tree, so that one that breaks a law can be made smaller.
struct GeneratedScript {
  /// The first line; `#!/bin/sh -e` stops on errors.
  var firstLine: String
  var arguments: [String]
  var statements: [GeneratedStatement]

  var text: String { firstLine + "\n" + statements.map { $0.text(indent: "") }.joined() }

  /// Scripts that are one step smaller.
  var smaller: [GeneratedScript] {
    GeneratedStatement.smaller(statements).map {
      GeneratedScript(firstLine: firstLine, arguments: arguments, statements: $0)
    }
  }
}

indirect enum GeneratedStatement {
  struct Part {
    /// Such as `if maybe; then` or `w1)`.
    var opening: String
    var body: [GeneratedStatement]
    /// Such as `;;`.
    var end = ""
  }

  case line(String)
  case block([Part], closing: String)

  func text(indent: String) -> String {
    switch self {
    case .line(let line): return indent + line + "\n"
    case .block(let parts, let closing):
      let inner = indent + "  "
      let bodies = parts.map { part in
        let body = part.body.isEmpty ? inner + ":\n" : part.body.map { $0.text(indent: inner) }.joined()
        return indent + part.opening + "\n" + body + (part.end.isEmpty ? "" : inner + part.end + "\n")
      }
      return bodies.joined() + indent + closing + "\n"
    }
  }

  /// Without one statement, with a block replaced by its inside, or with one statement made smaller.
  static func smaller(_ statements: [GeneratedStatement]) -> [[GeneratedStatement]] {
    statements.indices.flatMap { index -> [[GeneratedStatement]] in
      replacements(for: statements[index]).map { statements[..<index] + $0 + statements[(index + 1)...] }
    }
  }

  private static func replacements(for statement: GeneratedStatement) -> [[GeneratedStatement]] {
    guard case .block(let parts, let closing) = statement else { return [[]] }
    let insides = parts.map(\.body)
    let fewerParts = parts.indices.dropFirst().map { [block(parts.without($0), closing: closing)] }
    let smallerParts = parts.indices.flatMap { index in
      smaller(parts[index].body).map { body -> [GeneratedStatement] in
        var changed = parts
        changed[index].body = body
        return [.block(changed, closing: closing)]
      }
    }
    return [[]] + insides + fewerParts + smallerParts
  }
}

extension Array {
  fileprivate func without(_ index: Int) -> [Element] { Array(self[..<index] + self[(index + 1)...]) }
}
