import Foundation
import Testing

/// The coordinator under test.
enum CoordinatorProgram {
  /// Beside `APT_GATE_BINARY`, or beside this test bundle.
  static func path() throws -> String {
    let gate = ProcessInfo.processInfo.environment["APT_GATE_BINARY"].flatMap { $0.isEmpty ? nil : $0 }
    let folder = gate.map { URL(filePath: $0) } ?? URL(filePath: CommandLine.arguments[0])
    let path = folder.deletingLastPathComponent().appending(path: "apt-gate-coordinator").path
    try #require(FileManager.default.isExecutableFile(atPath: path), "\(path) is not built")
    return path
  }
}
