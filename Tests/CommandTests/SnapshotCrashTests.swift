import Foundation
import Glibc
import NetworkSystem
import Testing

/// `network snapshot` killed while it writes: what can be seen is whole, and what it left behind is swept.
@Suite(.enabled(if: MadeUpNetwork.isPossible, "needs root and network namespaces"))
struct SnapshotCrashTests {
  /// Starts taking a snapshot and kills it as soon as something of it is on the disk. Whether its folder was not named yet.
  private func crash(_ network: MadeUpNetwork, after microseconds: UInt32) throws -> Bool {
    let store = "\(network.folder.path)/state/snapshots"
    let known = Set(names(store))
    let process = Process()
    process.executableURL = URL(filePath: MadeUpNode.binary)
    process.arguments = ["network", "snapshot", "--netns", network.path, "--state", "\(network.folder.path)/state"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    while process.isRunning, known.isSuperset(of: names(store)) { usleep(50) }
    usleep(microseconds)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return names(store).contains { $0.hasPrefix(".") && !known.contains($0) }
  }

  private func names(_ folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }

  @Test func nothingHalfWrittenIsSeenAndLeftoversAreSwept() throws {
    let network = try MadeUpNetwork.ordinary()
    let whole = try network.snapshot()
    let path = "\(network.folder.path)/state/snapshots"
    let store = SnapshotStore(folder: path)
    var leftovers = 0
    for attempt in 0..<60 where leftovers < 3 {
      if try crash(network, after: UInt32(attempt % 20) * 100) { leftovers += 1 }
      for manifest in try store.list() { _ = try store.read(manifest.id) }
    }
    try #require(leftovers > 0, "no snapshot was killed while it was written")
    #expect(names(path).count { $0.hasPrefix(".") } == leftovers)
    #expect(try store.list().contains { $0.id == whole })
    // A draft may still be written, unless it is old.
    let last = try #require(try store.list().last?.microseconds)
    let now = Int64(time(nil)) * 1_000_000
    #expect(try store.prune(SnapshotRetention(count: 100), now: max(now, last)).isEmpty)
    #expect(names(path).count { $0.hasPrefix(".") } == leftovers)
    _ = try store.prune(SnapshotRetention(count: 100), now: max(now, last) + 4000 * 1_000_000)
    #expect(names(path).count { $0.hasPrefix(".") } == 0)
    #expect(try store.list().contains { $0.id == whole })
  }
}
