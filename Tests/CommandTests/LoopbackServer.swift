import Foundation

/// A web server of Python's on the loopback interface; it ends with the last reference to it.
final class LoopbackServer {
  private let process = Process()
  private(set) var port = 0

  struct Failure: Error { var text: String }

  /// Serves a folder.
  convenience init(folder: String) throws {
    try self.init(words: ["-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", folder])
  }

  /// Runs a program that says `port NUMBER` first.
  convenience init(program: String) throws { try self.init(words: ["-c", program]) }

  private init(words: [String]) throws {
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-u"] + words
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    var line = ""
    while !line.hasSuffix("\n"), let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty {
      line += String(decoding: byte, as: UTF8.self)
    }
    guard let said = line.firstMatch(of: /port (\d+)/), let port = Int(said.output.1) else {
      throw Failure(text: "the server said `\(line)`")
    }
    self.port = port
  }

  deinit {
    // Not SIGTERM: under a test run it may be blocked, and the server inherits that.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
