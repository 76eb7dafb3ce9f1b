import AptSystem
import Foundation
import GateModel
import Testing

@Suite struct ProcessTableTests {
  private let table = ProcessTable()

  @Test func aProcessIsKnownUntilItEnds() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sleep")
    process.arguments = ["60"]
    try process.run()
    let identity = try #require(table.identity(of: process.processIdentifier))
    #expect(table.isRunning(identity))
    #expect(!table.isRunning(ProcessIdentity(pid: identity.pid, start: identity.start + 1)))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(!table.isRunning(identity))
  }

  /// A folder in the place of /proc: apt 30 was forked by unattended-upgrades 20, and calls hook 50 through a shell.
  @Test func theCallerIsBehindTheShellAndTheRunBehindTheForks() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/proc-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let processes: [(pid: Int, name: String, parent: Int, words: String)] = [
      (1, "systemd", 0, "/sbin/init\0"), (10, "apt.systemd.dai", 1, "/bin/sh\0/usr/lib/apt/apt.systemd.daily\0"),
      (20, "unattended (upgr) x", 10, "python3\0uu\0"), (30, "unattended (upgr) x", 20, "python3\0uu\0"),
      (40, "sh", 30, "sh\0-c\0hook\0"),
    ]
    for process in processes {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(process.pid)", withIntermediateDirectories: true)
      let fields = [String](repeating: "0", count: 17).joined(separator: " ")
      try "\(process.pid) (\(process.name)) S \(process.parent) \(fields) \(process.pid * 7) 0\n"
        .write(toFile: "\(folder)/\(process.pid)/stat", atomically: false, encoding: .utf8)
      try process.words.write(toFile: "\(folder)/\(process.pid)/cmdline", atomically: false, encoding: .utf8)
    }
    let table = ProcessTable(folder: folder)
    let caller = try #require(table.caller(parent: 40))
    #expect(caller == ProcessIdentity(pid: 30, start: 210))
    #expect(table.run(of: caller) == ProcessIdentity(pid: 20, start: 140))
    #expect(table.ancestry(of: 40).map(\.pid) == [40, 30, 20, 10])
    #expect(table.caller(parent: 99) == nil)
  }
}
