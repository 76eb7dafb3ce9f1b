import FleetSupport
import Foundation
import Testing

/// A rollout over three coordinators and three members of etcd goes on whatever happens to one of them, and its recorded
/// history is one that the simulation's invariants allow.
@Suite("a fleet over etcd under faults", LabRequirements.trait, .serialized)
struct FleetStormTests {
  @Test(.enabled(if: EtcdServer.isInstalled, "\(EtcdServer.skipped)"), .timeLimit(.minutes(9)))
  func leadersAreKilledStoppedAndCutOff() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fleet-storm-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let storm = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "fleet-storm").path
    try #require(FileManager.default.isExecutableFile(atPath: storm), "\(storm) is not built")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    // What it starts ends with it.
    process.arguments =
      ["unshare", "--net", "--pid", "--mount", "--mount-proc", "--fork", "--kill-child"]
      // Foundation's `Process` wants a loopback interface.
      + ["sh", "-c", "ip link set lo up && exec \"$0\" \"$@\"", storm, try LabFolder.coordinator().path, folder.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    try process.start()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    print(output)
    #expect(process.terminationStatus == 0, "\(output)")
    #expect(output.contains(", 0 violations"))
  }
}
