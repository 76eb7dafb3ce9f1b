/// What must hold of every source file; each rule gives its violations in words.
enum Rules {
  /// Twice STYLE.md's usual length and some: a file that reaches it has more than one subject.
  static let mostLines = 300

  /// Modules that every room may import: the language's own.
  private static let language: Set<String> = ["Swift"]

  static func arrows(of file: SourceFile, in room: Room, declared: Set<String>) -> [String] {
    file.imports.flatMap { module -> [String] in
      if language.contains(module) { return [] }
      if room.modules.contains(module) { return [] }
      guard room.rooms.contains(module) else { return ["\(file.path): \(room.name) must not know \(module)"] }
      return declared.contains(module) ? [] : ["\(file.path): \(module) is not among Package.swift's dependencies"]
    }
  }

  static func forbiddenCalls(in file: SourceFile) -> [String] {
    let patterns: [(name: String, pattern: Regex<Substring>)] = [
      ("try!", /\btry!/), ("as!", /\bas!/), ("fatalError", /\bfatalError\(/),
      ("preconditionFailure", /\bpreconditionFailure\(/), ("unsafelyUnwrapped", /\.unsafelyUnwrapped\b/),
    ]
    return file.code.flatMap { line in
      patterns.filter { line.text.contains($0.pattern) }.map { "\(file.path):\(line.number): \($0.name)" }
    }
  }

  static func size(of file: SourceFile) -> [String] {
    file.lines.count > mostLines ? ["\(file.path): \(file.lines.count) lines, at most \(mostLines)"] : []
  }

  /// The first line of a room says what it is, and one of the first ones what it must never know.
  static func header(of room: String, files: [SourceFile]) -> [String] {
    let says = files.contains { $0.lines.contains { $0.hasPrefix("// Must never know:") } }
    return says ? [] : ["Sources/\(room): no file says what it must never know"]
  }
}
