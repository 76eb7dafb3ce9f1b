import Foundation

/// Runs programs of the machine, for third-party truth.
enum Tool {
  struct Failure: Error {
    var command: [String]
    var status: Int32
    var output: String
  }

  static func exists(_ name: String) -> Bool {
    ["/usr/bin/", "/bin/", "/usr/sbin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + name) }
  }

  /// Standard output of a program that must succeed.
  @discardableResult
  static func run(_ command: [String], input: [UInt8]? = nil, in directory: URL? = nil) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["LC_ALL=C.UTF-8"] + command
    if let directory { process.currentDirectoryURL = directory }
    let output = Pipe()
    let problems = Pipe()
    process.standardOutput = output
    process.standardError = problems
    var stdin: FileHandle?
    if let input {
      let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
      try Data(input).write(to: file)
      stdin = try FileHandle(forReadingFrom: file)
      try FileManager.default.removeItem(at: file)
      process.standardInput = stdin
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = problems.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(
        command: command, status: process.terminationStatus, output: String(decoding: complaint, as: UTF8.self))
    }
    return Array(bytes)
  }

  /// Runs `body` with a directory that is gone afterwards.
  static func withTemporaryDirectory<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("apt-gate-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    return try body(directory)
  }
}
