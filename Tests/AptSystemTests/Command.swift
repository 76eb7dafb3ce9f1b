import Foundation

/// Runs a program to its end, in the C locale.
struct Command {
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  @discardableResult
  static func run(_ words: String..., environment: [String: String] = [:]) throws -> Outcome {
    try run(words, environment: environment)
  }

  static func run(_ words: [String], environment: [String: String] = [:]) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["LC_ALL": "C.UTF-8", "PAGER": "cat"].merging(environment) { $1 }
    ) { $1 }
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("run-\(UUID().uuidString)")
    let errorsURL = scratch.appendingPathExtension("err")
    try Data().write(to: errorsURL)
    defer { try? FileManager.default.removeItem(at: errorsURL) }
    let output = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errorsURL)
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let errors = try Data(contentsOf: errorsURL)
    return Outcome(
      status: process.terminationStatus, output: String(decoding: bytes, as: UTF8.self),
      errors: String(decoding: errors, as: UTF8.self))
  }

  /// The output of a program that must succeed.
  static func output(_ words: [String]) throws -> String {
    let outcome = try run(words)
    guard outcome.status == 0 else {
      throw Failure(
        description: "\(words.joined(separator: " ")): \(outcome.status)\n\(outcome.errors)\(outcome.output)")
    }
    return outcome.output
  }
}
