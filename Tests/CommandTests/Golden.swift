import Foundation
import Testing

/// Whole texts kept beside the tests, in `Goldens/`.
enum Golden {
  /// Compares `text` with the file `name`.
  ///
  /// With `RECORD_GOLDENS` in the environment the file is written instead, and the run fails: what was
  /// recorded must be looked at, and a second run must agree with it.
  static func expect(_ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/\(name)")
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(name): look at it, and run again", sourceLocation: sourceLocation)
      return
    }
    let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(text == expected, "differs from \(name)", sourceLocation: sourceLocation)
  }
}
