import Foundation

/// A Swift source file, looked at as lines.
struct SourceFile {
  /// Path below `Sources/`.
  var path: String
  var lines: [Substring]

  init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The module names of its `import` lines: `internal import struct Foundation.Data` names `Foundation`.
  var imports: [String] {
    lines.compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      guard let keyword = words.firstIndex(of: "import"),
        words[..<keyword].allSatisfy({ Self.modifiers.contains($0) || $0.hasPrefix("@") })
      else { return nil }
      let path = words[(keyword + 1)...].first { !Self.kinds.contains($0) }
      return path?.split(whereSeparator: { $0 == "." || $0 == ";" }).first.map(String.init)
    }
  }

  private static let modifiers: Set<String> = ["public", "package", "internal", "fileprivate", "private"]
  private static let kinds: Set<String> = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]

  /// Lines of code: without comments, and with what stands in string literals left in.
  var code: [(number: Int, text: Substring)] {
    lines.enumerated().map { ($0 + 1, $1) }.filter { !$0.1.drop { $0 == " " }.hasPrefix("//") }
  }
}

/// The package's own files.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func swiftFiles(of room: String) throws -> [SourceFile] {
    let folder = root.appending(path: "Sources/\(room)")
    guard let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
    return try found.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.map { file in
      SourceFile(
        path: String(file.path(percentEncoded: false).dropFirst(root.path(percentEncoded: false).count)),
        text: try String(contentsOf: file, encoding: .utf8))
    }
  }

  /// Names of the folders of `Sources/` that hold Swift.
  static func rooms() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path).sorted()
      .filter { try !swiftFiles(of: $0).isEmpty }
  }

  static func manifest() throws -> Manifest {
    Manifest(text: try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8))
  }
}
