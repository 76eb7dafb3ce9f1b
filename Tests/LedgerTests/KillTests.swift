import Foundation
import Ledger
import LedgerLog
import TestSupport
import Testing

/// A process that appends in a loop is killed at any moment: the ledger is valid, and has what was acknowledged.
@Suite struct KillTests {
  private static let kills = 60

  @Test func aKilledWriterLeavesAValidLedger() throws {
    let folder = try SampleLedger.Folder()
    var seed = Seed("kill")
    var acknowledged = 0
    for round in 0..<Self.kills {
      acknowledged = max(acknowledged, try appendAndKill(folder, after: 5_000 + seed.below(120_000)))
      guard acknowledged > 0 else { continue }
      let ledger = try folder.open()
      #expect(try ledger.count() >= acknowledged, "round \(round)")
      #expect(try ledger.verify().findings == [], "round \(round)")
    }
    try folder.open().append([SampleLedger.decision(0)], at: SampleLedger.start)
    #expect(acknowledged > 0)
    print("kill: \(Self.kills) writers killed, \(acknowledged) entries acknowledged, none lost")
  }

  /// Gives the last count that the child said was on the disk.
  private func appendAndKill(_ folder: SampleLedger.Folder, after microseconds: Int) throws -> Int {
    let output = folder.path + "/acknowledged"
    _ = FileManager.default.createFile(atPath: output, contents: nil)
    let process = Process()
    process.executableURL = Self.binary
    process.arguments = ["append", folder.path]
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    try process.run()
    usleep(UInt32(microseconds))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    // A last line without its end was not said in full.
    let lines = try String(contentsOfFile: output, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    return lines.dropLast().last.flatMap { Int($0) } ?? 0
  }

  /// Beside the test bundle, which this process runs from.
  private static let binary = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appending(path: "ledger-bench")
}
