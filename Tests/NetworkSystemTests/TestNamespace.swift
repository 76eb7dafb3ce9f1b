import Foundation
import Glibc
import Testing

/// A network namespace of a test's own, gone when the test is.
final class TestNamespace: Sendable {
  let name: String

  var path: String { "/run/netns/\(name)" }

  /// Whether this process may make namespaces; tests that need one are skipped otherwise.
  static let isPossible: Bool = {
    guard geteuid() == 0, let namespace = try? TestNamespace() else { return false }
    return (try? namespace.ip("link", "add", "probe0", "type", "veth", "peer", "name", "probe1")) != nil
  }()

  init() throws {
    name = "apt-gate-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try Command.run("ip", ["netns", "add", name])
  }

  deinit { _ = try? Command.run("ip", ["netns", "del", name]) }

  /// What `ip ARGUMENTS` prints in the namespace.
  @discardableResult
  func ip(_ arguments: String..., input: String? = nil) throws -> Data {
    try Command.run("ip", ["-n", name] + arguments, input: input.map { Data($0.utf8) })
  }

  /// Runs many `ip` commands at once, those that begin with `-6` after the others; with `force` the ones that the
  /// kernel refuses are passed over.
  func batch(_ lines: [String], force: Bool = false) throws {
    try batch(lines.filter { !$0.hasPrefix("-6 ") }, option: "-4", force: force)
    try batch(lines.filter { $0.hasPrefix("-6 ") }.map { String($0.dropFirst(3)) }, option: "-6", force: force)
  }

  private func batch(_ lines: [String], option: String, force: Bool) throws {
    guard !lines.isEmpty else { return }
    // Without an option `ip` tells the family by the first address, which `-4` would forbid.
    let options = ["-n", name] + (option == "-6" ? ["-6"] : []) + (force ? ["-force"] : []) + ["-batch", "-"]
    do {
      try Command.run("ip", options, input: Data((lines.joined(separator: "\n") + "\n").utf8))
    } catch {
      if !force { throw error }
    }
  }
}

struct CommandFailure: Error {
  var text: String
}

/// A program and what it prints.
enum Command {
  @discardableResult
  static func run(_ program: String, _ arguments: [String], input: Data? = nil) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let output = Pipe()
    process.standardOutput = output
    let errors = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: errors) }
    process.standardError = try FileHandle(forWritingTo: errors)
    let given = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try (input ?? Data()).write(to: given)
    defer { try? FileManager.default.removeItem(at: given) }
    process.standardInput = try FileHandle(forReadingFrom: given)
    try process.run()
    let printed = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let text = String(decoding: (try? Data(contentsOf: errors)) ?? Data(), as: UTF8.self)
      throw CommandFailure(text: "\(program) \(arguments.joined(separator: " ")): \(text)")
    }
    return printed
  }
}
