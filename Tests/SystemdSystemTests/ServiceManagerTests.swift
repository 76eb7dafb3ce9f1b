import Foundation
import GateModel
import Testing

@testable import SystemdSystem

/// Without a booted systemd; with one, Tests/SystemTests has the rest.
@Suite struct ServiceManagerTests {
  @Test(.enabled(if: !ServiceManager.isBooted)) func withoutSystemdTheErrorSaysSo() {
    let error = #expect(throws: SystemdError.self) { try ServiceManager(by: .now + .seconds(5)) }
    #expect(error?.code == .noSystemd)
  }

  @Test func theBootHasAnID() throws {
    let id = try BootID.current()
    #expect(id.count == 32 && id.allSatisfy(\.isHexDigit))
  }

  @Test func dropInsAreWrittenAndRemovedWithTheirDirectories() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    let folder = ShieldFolder(path: root.path)
    let shields = ["b.service", "a.service"].map {
      ShieldDropIn(unit: $0, owner: ShieldOwner(transaction: "t-\($0)", boot: "b"))
    }
    for shield in shields { try folder.write(shield) }
    // Twice is as good as once.
    for shield in shields { try folder.write(shield) }
    #expect(folder.dropIns() == shields.reversed())
    #expect(folder.owner(of: "a.service") == shields[1].owner)
    // What others put beside it stays.
    let other = root.appending(path: "a.service.d/60-other.conf")
    try "[Service]\n".write(to: other, atomically: true, encoding: .utf8)
    for shield in shields { try folder.remove(shield.unit) }
    try folder.remove("a.service")
    #expect(folder.dropIns() == [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: root.path) == ["a.service.d"])
    #expect(FileManager.default.fileExists(atPath: other.path))
  }

  @Test(arguments: ["../x.service", "a/b.service", "", "a"]) func namesThatWouldLeaveTheFolderAreRefused(unit: String) {
    let folder = ShieldFolder(path: "/nonexistent")
    let shield = ShieldDropIn(unit: unit, owner: ShieldOwner(transaction: "t", boot: "b"))
    let error = #expect(throws: SystemdError.self) { try folder.write(shield) }
    #expect(error?.code == .noUnit)
  }

  @Test func timeLeftIsNeverNegative() {
    #expect((ContinuousClock.now - .seconds(5)).microsecondsLeft == 0)
    #expect((ContinuousClock.now + .seconds(100)).microsecondsLeft > 90_000_000)
  }
}
