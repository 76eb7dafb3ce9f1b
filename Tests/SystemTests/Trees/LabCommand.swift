import Foundation

/// A command that the lab runs, with its output in files: a command that prints much never waits for its reader.
struct LabCommand {
  var words: [String]
  var input = ""
  var environment: [String: String] = [:]

  init(_ words: String..., input: String = "") {
    self.init(words: words, input: input)
  }

  init(words: [String], input: String = "") {
    self.words = words
    self.input = input
  }

  /// Runs it to its end, whatever that is.
  func outcome() async throws -> LabOutcome {
    let folder = FileManager.default.temporaryDirectory.appending(path: "apt-gate-lab-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let start = ContinuousClock.now
    let status = try await status(in: folder)
    return LabOutcome(
      words: words, status: status, output: try read("output", in: folder), errors: try read("errors", in: folder),
      duration: ContinuousClock.now - start)
  }

  /// What it prints; throws ``LabError`` unless it succeeds.
  func output() async throws -> String {
    let outcome = try await outcome()
    guard outcome.status == 0 else { throw LabError.failed(outcome) }
    return outcome.output
  }

  private func status(in folder: URL) async throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    try Data(input.utf8).write(to: folder.appending(path: "input"))
    process.standardInput = try FileHandle(forReadingFrom: folder.appending(path: "input"))
    process.standardOutput = try Self.newFile(folder.appending(path: "output"))
    process.standardError = try Self.newFile(folder.appending(path: "errors"))
    return try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do {
        try process.start()
      } catch {
        process.terminationHandler = nil
        continuation.resume(throwing: error)
      }
    }
  }

  private static func newFile(_ url: URL) throws -> FileHandle {
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }

  private func read(_ name: String, in folder: URL) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }
}

/// How a command of the lab ended.
struct LabOutcome: Sendable {
  var words: [String]
  var status: Int32
  var output: String
  var errors: String
  var duration: Duration
}

/// Why the lab could not be set up.
enum LabError: Error, CustomStringConvertible {
  case failed(LabOutcome)
  case missing(String)

  var description: String {
    switch self {
    case .failed(let outcome):
      let words = outcome.words.prefix(8).joined(separator: " ")
      return "`\(words)` ended with \(outcome.status): \(outcome.errors.suffix(1500))"
    case .missing(let what): return what
    }
  }
}
