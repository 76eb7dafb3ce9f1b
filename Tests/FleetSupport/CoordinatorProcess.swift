public import Foundation
import Glibc

/// A real `apt-gate-coordinator serve` on loopback, whose log lies beside its configuration.
public final class CoordinatorProcess: @unchecked Sendable {
  public let name: String
  public let port: Int
  /// Path of its configuration.
  public let configuration: String
  private let program: String
  private let log: URL
  private var process: Process?

  /// - Parameter settings: coordinator.yaml, which must listen on `port`.
  public init(program: String, name: String, port: Int, settings: String, folder: URL) throws {
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw ProcessProblem("\(program) is not built")
    }
    self.program = program
    self.name = name
    self.port = port
    configuration = folder.appendingPathComponent("\(name).yaml").path
    log = folder.appendingPathComponent("\(name).log")
    try settings.write(toFile: configuration, atomically: true, encoding: .utf8)
  }

  public var processIdentifier: pid_t? { process?.isRunning == true ? process?.processIdentifier : nil }

  public func start(logLevel: String = "warning") throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["serve", "--config", configuration, "--log-level", logLevel]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    if !FileManager.default.fileExists(atPath: log.path) {
      _ = FileManager.default.createFile(atPath: log.path, contents: nil)
    }
    let handle = try FileHandle(forWritingTo: log)
    _ = try handle.seekToEnd()
    process.standardError = handle
    try process.run()
    self.process = process
  }

  /// What it has logged so far.
  public var logged: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

  public func waitUntilUp(for limit: Duration = .seconds(30)) async throws {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
      if LoopbackPort.answers(port) { return }
      if process?.isRunning != true { break }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw ProcessProblem("\(name) did not start: \(logged.suffix(2000))")
  }

  public func signal(_ number: Int32) { if let pid = processIdentifier { _ = Glibc.kill(pid, number) } }

  /// As a crash would, and waits for its end.
  public func kill() {
    signal(SIGKILL)
    process?.waitUntilExit()
  }

  deinit { kill() }
}
