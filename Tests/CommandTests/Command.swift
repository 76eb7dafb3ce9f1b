import Foundation

/// A program run to its end, with this process's environment but for what would change its output.
struct Command {
  struct Outcome {
    var status: Int32
    var output: String
    var error: String
  }

  private var words: [String]
  private var environment: [String: String]

  init(_ program: String, _ arguments: [String] = [], environment: [String: String] = [:]) {
    words = [program] + arguments
    let base = ["LC_ALL": "C.UTF-8", "NO_COLOR": "", "TERM": "xterm", "COLUMNS": ""]
    self.environment = base.merging(environment) { $1 }
  }

  static func exists(_ program: String) -> Bool {
    ["/usr/bin", "/bin", "/usr/sbin", "/usr/local/bin"].contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
  }

  func run() throws -> Outcome {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let files = try TemporaryFolder()
    let (output, error) = (try files.file("output"), try files.file("error"))
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = error
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: try files.text("output"), error: try files.text("error"))
  }
}

/// A folder that is removed with the last reference to it.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/apt-gate-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
    let url = URL(filePath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func write(_ name: String, _ text: String) throws { try write(name, text.utf8) }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: "\(path)/\(name)")), as: UTF8.self)
  }

  /// A new file, open for writing.
  func file(_ name: String) throws -> FileHandle {
    try write(name, "")
    return try FileHandle(forWritingTo: URL(filePath: "\(path)/\(name)"))
  }
}
