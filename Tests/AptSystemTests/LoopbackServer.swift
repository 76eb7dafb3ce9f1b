import Foundation

/// Serves a directory over HTTP on the loopback address, until it is let go.
final class LoopbackServer {
  static let isAvailable = (try? Command.output(["python3", "-c", "import http.server"])) != nil

  let url: String
  private let process = Process()

  init(directory: String) throws {
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", directory,
    ]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let greeting = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let words = greeting.split(separator: " ").map(String.init)
    guard let index = words.firstIndex(of: "port"), index + 1 < words.count else {
      throw Command.Failure(description: "no port in `\(greeting)`")
    }
    url = "http://127.0.0.1:\(words[index + 1])"
  }

  deinit {
    // Threads of the test's pool block the gentler signals, and a child inherits that.
    kill(process.processIdentifier, SIGKILL)
  }
}
