import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// A headless Chromium of its own, spoken to over two named pipes in the DevTools protocol: texts in JSON, each with a zero
/// byte at its end. It ends with the last reference to this, and with the test's process, whose end of the pipe is its leash.
/// Source: Chromium's `--remote-debugging-pipe`, which reads from descriptor 3 and writes to 4.
final class BrowserProcess: @unchecked Sendable {
  private let folder: ScratchFolder
  private let process = Process()
  private let commands: Int32
  private let answers: Int32

  init() throws {
    folder = try ScratchFolder()
    commands = try Self.pipe(folder.path + "/commands")
    answers = try Self.pipe(folder.path + "/answers")
    let errors = folder.path + "/errors"
    _ = FileManager.default.createFile(atPath: errors, contents: nil)
    process.executableURL = URL(filePath: "/bin/bash")
    // As root it has no sandbox; nothing that it shows comes from elsewhere than this machine.
    process.arguments = [
      "-c", #"exec 3<"$1" 4>"$2"; shift 2; exec "$@""#, "browser", folder.path + "/commands", folder.path + "/answers",
      Browser.program, "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
      "--no-first-run", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      "--user-data-dir=\(folder.path)/profile", "about:blank",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
    try process.start()
  }

  deinit {
    if process.lives { kill(process.processIdentifier, SIGKILL) }
    process.end()
    for descriptor in [commands, answers] { close(descriptor) }
  }

  /// A named pipe that is open to both sides, so that opening it waits for nobody.
  private static func pipe(_ path: String) throws -> Int32 {
    guard mkfifo(path, 0o600) == 0 else { throw BrowserFailure("mkfifo: \(String(cString: strerror(errno)))") }
    let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw BrowserFailure("\(path): \(String(cString: strerror(errno)))") }
    return descriptor
  }

  var lives: Bool { process.lives }

  /// What it complained of.
  var errors: String { (try? String(contentsOfFile: folder.path + "/errors", encoding: .utf8)) ?? "" }

  /// Writes what the pipe takes now; how many bytes that was.
  func write(_ bytes: ArraySlice<UInt8>) throws -> Int {
    let count = bytes.withUnsafeBytes { Glibc.write(commands, $0.baseAddress, $0.count) }
    if count >= 0 { return count }
    guard errno == EAGAIN || errno == EINTR else { throw BrowserFailure("write: \(String(cString: strerror(errno)))") }
    return 0
  }

  /// What it has written since, at most a megabyte.
  func read() throws -> [UInt8] {
    let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
      count = max(0, Glibc.read(answers, buffer.baseAddress, buffer.count))
    }
    return bytes
  }
}

/// What a browser did not do.
struct BrowserFailure: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
