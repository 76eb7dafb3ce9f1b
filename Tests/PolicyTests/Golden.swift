import Foundation
import Testing

/// Whole texts beside the tests. With `APT_GATE_RECORD=1` in the environment they are written anew, and the run
/// fails, so that a recording is never taken for a pass.
enum Golden {
  static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
  static let shippedPolicies = fixtures.appending(path: "../../../policies").standardized

  static func expect(_ text: String, equals file: URL) throws {
    if ProcessInfo.processInfo.environment["APT_GATE_RECORD"] == "1" {
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(file.lastPathComponent): look at the difference, and run again without recording")
      return
    }
    let expected = try String(decoding: Data(contentsOf: file), as: UTF8.self)
    #expect(text == expected, "differs from \(file.path)")
  }

  /// The names in a folder, sorted.
  static func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  static func text(_ file: URL) throws -> String {
    try String(decoding: Data(contentsOf: file), as: UTF8.self)
  }
}
