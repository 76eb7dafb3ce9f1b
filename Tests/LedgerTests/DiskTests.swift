import Foundation
import Ledger
import LedgerLog
import Testing

/// Disks that take nothing more: what was acknowledged is there, and the ledger goes on once there is room.
@Suite(.enabled(if: canMount, "file systems can be mounted by root only"))
struct DiskTests {
  @Test func aFullDiskLosesNothingThatWasAcknowledged() throws {
    let folder = try SampleLedger.Folder()
    let done = try Script.run(
      """
      set -e
      mkdir -p -m 700 '\(folder.path)/disk'
      mount -t tmpfs -o size=2m,mode=700 tmpfs '\(folder.path)/disk'
      '\(Script.ledgerBench)' append '\(folder.path)/disk' > '\(folder.path)/acknowledged' || true
      cp -a '\(folder.path)/disk/.' '\(folder.path)/'
      """)
    #expect(done.status == 0, "\(done.text)")
    #expect(done.text.contains("no room"), "\(done.text)")
    let acknowledged = try String(contentsOfFile: folder.path + "/acknowledged", encoding: .utf8)
      .split(separator: "\n").last.flatMap { Int($0) }
    let count = try #require(acknowledged)
    let ledger = try folder.open()
    #expect(try ledger.count() >= count)
    #expect(try ledger.verify().findings == [])
    try ledger.append([SampleLedger.decision(0)], at: SampleLedger.start)
    print("a full disk: \(count) entries acknowledged, none lost")
  }

  @Test func aReadOnlyDiskIsSaidAndCanBeRead() throws {
    let folder = try SampleLedger.Folder()
    try folder.open().append([SampleLedger.decision(0)], at: SampleLedger.start)
    let done = try Script.run(
      """
      set -e
      mount --bind '\(folder.path)' '\(folder.path)'
      mount -o remount,bind,ro '\(folder.path)'
      '\(Script.ledgerBench)' append '\(folder.path)' || true
      """)
    #expect(done.status == 0 && done.text.contains("writable"), "\(done.text)")
    #expect(try folder.open().count() == 1)
  }
}

/// A shell script in a mount namespace of its own.
private enum Script {
  /// Beside the test bundle, which this process runs from.
  static let ledgerBench = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appending(path: "ledger-bench").path

  /// What it printed on both of its outputs.
  static func run(_ script: String) throws -> (status: Int32, text: String) {
    let file = FileManager.default.temporaryDirectory.appending(path: "apt-gate-script-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "SWIFT_BACKTRACE=enable=no", "timeout", "60", "unshare", "--mount", "--propagation=private", "sh", "-c", script,
    ]
    let output = try FileHandle(forWritingTo: file)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }
}

private let canMount = geteuid() == 0 && (try? Script.run("unshare --mount true"))?.status == 0
