import Foundation
import NetworkState
import NetworkSystem
import Testing

@Suite struct SnapshotStoreTests {
  private let folder = NSTemporaryDirectory() + "apt-gate-store-" + UUID().uuidString

  private func origin(_ microseconds: Int64 = 1_792_000_000_123_456) -> SnapshotOrigin {
    SnapshotOrigin(microseconds: microseconds, host: "node", bootID: "boot", kernel: "6.1", why: "test")
  }

  /// A snapshot of two IPv4 routes, one of them through a nexthop object.
  private func reading() throws -> SnapshotReader.Reading {
    var snapshot = NetworkSnapshot()
    for id in [nil, UInt32(5)] {
      let attributes = id.map { [NetlinkAttribute(type: RouteAttribute.nexthopID.rawValue, value: .uint32($0))] } ?? []
      let route = RoutingMessage(type: .newRoute, fixed: .route(RouteHeader(family: 2)), attributes: attributes)
      try snapshot[.route].append(contentsOf: MessageTable(adopting: route.encoded()))
    }
    return SnapshotReader.Reading(snapshot: snapshot, isOfOneInstant: true)
  }

  @Test func whatIsWrittenIsReadBack() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = SnapshotStore(folder: folder)
    let manifest = try store.write(reading(), origin())
    #expect(manifest.time == "2026-10-14T17:46:40.123456Z")
    #expect(manifest.id.hasPrefix("20261014T174640.123456Z-"))
    #expect(manifest.count(of: .route) == 2 && manifest.count(of: .rule) == 0)
    let stored = try store.read(manifest.id)
    #expect(stored.manifest == manifest)
    #expect(stored.snapshot[.route].count == 2)
    #expect(try store.list() == [manifest])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [manifest.id])
  }

  @Test(arguments: ["routes", "nexthop-routes", "links"], [true, false])
  func editedOrCutFilesAreRefused(file: String, isCut: Bool) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = SnapshotStore(folder: folder)
    let manifest = try store.write(reading(), origin())
    let path = "\(folder)/\(manifest.id)/\(file)"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    if isCut { bytes.removeLast() } else { bytes[bytes.count - 1] ^= 1 }
    try bytes.write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: NetworkSystemError.self) { try store.read(manifest.id) }
    #expect(error?.code == .digestMismatch)
    #expect(error?.message.contains(path) == true)
  }

  @Test func brokenManifestsAndNames() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = SnapshotStore(folder: folder)
    let manifest = try store.write(reading(), origin())
    let path = "\(folder)/\(manifest.id)/manifest.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for broken in ["", "{}", "[", text.replacingOccurrences(of: "snapshot/1", with: "snapshot/9")] {
      try Data(broken.utf8).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: NetworkSystemError.self) { try store.read(manifest.id) }
      #expect(error?.code == .manifest)
    }
    for name in ["../etc", ".", "", "none", "a/b", "latest"] {
      let error = #expect(throws: NetworkSystemError.self) { try store.read(name) }
      #expect(error?.code == .noSnapshot)
    }
    #expect(try store.list().isEmpty)
  }

  @Test func pruneByNumberAndAgeKeepsTheNewest() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = SnapshotStore(folder: folder)
    let ids = try (1...5).map { try store.write(reading(), origin(Int64($0) * 1_000_000)).id }
    func prune(_ count: Int, age: Duration? = nil, bytes: Int = .max) throws -> [String] {
      try store.prune(SnapshotRetention(count: count, age: age, bytes: bytes), now: 6_000_000)
    }
    #expect(try prune(4) == [ids[0]])
    #expect(try prune(9, age: .seconds(2)) == [ids[1], ids[2]])
    let size = try #require(try store.list().last).byteCount
    #expect(try prune(9, bytes: 2 * size) == [])
    #expect(try prune(9, bytes: 2 * size - 1) == [ids[3]])
    #expect(try prune(0, age: .zero, bytes: 0) == [])
    #expect(try store.list().map(\.id) == [ids[4]])
  }

  @Test func fileOfAnotherKindIsRefused() throws {
    let error = #expect(throws: NetworkStateError.self) { try SnapshotFile.routes.decode([1, 2, 3, 4, 5, 6, 7, 8]) }
    #expect(error?.code == .wrongMagic)
    #expect(throws: NetworkStateError.self) { try SnapshotFile.rules.decode([]) }
  }
}
