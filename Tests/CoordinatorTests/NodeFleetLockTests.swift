import Coordinator
import CoordinatorClient
import FleetSupport
import Foundation
import GateConfiguration
import GateEngine
import GateModel
import Testing

@testable import apt_gate

/// A node without a coordinator of its own asks a FleetLock server for its slot: a real one, over HTTPS.
@Suite struct NodeFleetLockTests {
  /// A node with a state of its own.
  private final class Node: Sendable {
    let folder = FileManager.default.temporaryDirectory.appending(path: "node-lock-\(UUID().uuidString)")
    let server: FleetLockMembership

    init(_ coordinator: TestCoordinator, _ name: String, port: Int? = nil) throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let files = try coordinator.authority.issue(name, file: "\(name)-\(UUID().uuidString)")
      var server = FleetLockMembership(url: "https://127.0.0.1:\(port ?? coordinator.port)")
      server.id = name
      server.credentials.trustedCertificates = coordinator.authority.certificate
      server.credentials.certificate = files.certificate
      server.credentials.key = files.key
      server.deadline = port == nil ? .seconds(20) : .seconds(1)
      self.server = server
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var slot: FleetLockSlot { FleetLockSlot(server, state: folder.path) }

    /// What a sync hears. Off the threads that asynchronous work needs, as everything here.
    func claim(asks: Bool = true) async throws -> SlotAnswer {
      try await NodeFleetLockTests.onThread { [self] in
        FleetLockClaims(server, state: folder.path, asks: asks).claim(NodeFleetLockTests.change)
      }
    }

    /// What the hook decides right before dpkg.
    func decision() async throws -> Decision {
      try await NodeFleetLockTests.onThread { [self] in
        let slots = FleetLockStanding(server, state: folder.path, patience: server.deadline)
        return try GrantedDecider(base: Staging(), slots: slots).decision(on: NodeFleetLockTests.change, effects: [])
      }
    }

    func settle(isRunOver: Bool) async throws -> NodeLock.Fate {
      try await NodeFleetLockTests.onThread { [self] in try slot.settle(isRunOver: isRunOver) }
    }
  }

  /// A policy that stages everything.
  private struct Staging: ChangeDecider {
    func decision(on change: Change, effects: [Effect]) -> Decision {
      Decision(verdict: .stage, decidedBy: ["test/stage"], message: "is staged", clearsWhen: "a slot")
    }
  }

  private static let change = Change(
    source: "foo", from: PackageVersion("1"), to: PackageVersion("2"), action: .upgrade, binaries: [])

  private static func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
    }
  }

  private static func isWaiting(_ answer: SlotAnswer, _ words: String) -> Bool {
    if case .waiting(let reason) = answer { reason.contains(words) } else { false }
  }

  @Test func oneAfterTheOther() async throws {
    try await TestCoordinator.run { coordinator in
      let (one, two) = (try Node(coordinator, "node-1"), try Node(coordinator, "node-2"))
      #expect(try await one.claim(asks: false) == .notAsked)
      #expect(try await one.decision().verdict == .stage, "nobody took a slot")
      #expect(try await one.claim() == .granted)
      #expect(try await one.claim(asks: false) == .granted)
      #expect(Self.isWaiting(try await two.claim(), "no slot now"))
      #expect(try two.slot.file.lock() == nil)
      // Each of the run's transactions is let through, and none gives the slot back before the run is over.
      for _ in 0..<2 {
        let decision = try await one.decision()
        #expect(decision.verdict == .allow && decision.message == "the FleetLock server gave this node a slot")
        #expect(try one.slot.file.lock()?.phase == .applying)
        try one.slot.note(TransactionResult(), missing: [])
        #expect(try await one.settle(isRunOver: false) == .stays)
        #expect(Self.isWaiting(try await two.claim(), "no slot now"))
      }
      #expect(try await one.settle(isRunOver: true) == .goesBack)
      #expect(try await two.claim() == .granted)
      // apt's run did nothing with it.
      #expect(try await two.settle(isRunOver: true) == .goesBack)
      #expect(try await one.claim() == .granted)
    }
  }

  @Test func aFailureKeepsTheSlot() async throws {
    try await TestCoordinator.run { coordinator in
      let (one, two) = (try Node(coordinator, "node-1"), try Node(coordinator, "node-2"))
      #expect(try await one.claim() == .granted)
      #expect(try await one.decision().verdict == .allow)
      try one.slot.note(TransactionResult(lost: 1), missing: ["route 198.18.5.0/24 dev eth0"])
      #expect(try await one.settle(isRunOver: true) == .stays)
      let lock = try #require(try one.slot.file.lock())
      #expect(lock.phase == .failed && lock.reason == "1 object of the network is lost: route 198.18.5.0/24 dev eth0")
      #expect(Self.isWaiting(try await one.claim(), "198.18.5.0/24"))
      #expect(Self.isWaiting(try await one.claim(asks: false), "`apt-gate fleet unlock`"))
      #expect(try await one.decision().verdict == .stage)
      #expect(Self.isWaiting(try await two.claim(), "no slot now"))
      // A person has looked.
      try await Self.onThread { try one.slot.giveBack() }
      #expect(try one.slot.file.lock() == nil)
      #expect(try await two.claim() == .granted)
    }
  }

  @Test func withoutAnAnswerItWaits() async throws {
    try await TestCoordinator.run { coordinator in
      let silent = try SilentServer()
      let node = try Node(coordinator, "node-1", port: silent.port)
      #expect(Self.isWaiting(try await node.claim(), "no slot now"))
      #expect(try node.slot.file.lock() == nil)
      // It had a slot, and then the server went silent: right before dpkg nobody confirms it.
      let boot = try String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        .filter { $0.isHexDigit }
      try node.slot.file.change { $0 = NodeLock(.taken, since: .now, boot: boot) }
      let decision = try await node.decision()
      #expect(decision.verdict == .stage)
      #expect(decision.message?.contains("could not confirm this node's slot") == true, "\(decision)")
      #expect(try node.slot.file.lock()?.phase == .taken)
      // It cannot go back either, and is not forgotten.
      await #expect(throws: (any Error).self) { try await node.settle(isRunOver: true) }
      #expect(try node.slot.file.lock()?.phase == .taken)
    }
  }

  @Test func aFileThatCannotBeReadGrantsNothing() async throws {
    try await TestCoordinator.run { coordinator in
      let node = try Node(coordinator, "node-1")
      try "{".write(to: node.folder.appending(path: "fleetlock.json"), atomically: true, encoding: .utf8)
      #expect(Self.isWaiting(try await node.claim(), "cannot be read"))
      #expect(try await node.decision().verdict == .stage)
    }
  }

  /// What becomes of a slot by itself.
  @Test func fates() {
    let start = Timestamp(secondsSinceEpoch: 1_000_000)
    func fate(
      _ phase: NodeLock.Phase, isRunOver: Bool = false, boot: String = "a", after seconds: Int64 = 60
    ) -> NodeLock.Fate {
      NodeLock(phase, since: start, boot: "a").fate(
        isRunOver: isRunOver, boot: boot, at: Timestamp(secondsSinceEpoch: 1_000_000 + seconds))
    }
    for phase in [NodeLock.Phase.taken, .good] {
      #expect(fate(phase) == .stays)
      #expect(fate(phase, isRunOver: true) == .goesBack)
      #expect(fate(phase, boot: "b") == .goesBack)
      #expect(fate(phase, after: 3601) == .goesBack)
    }
    #expect(fate(.applying, isRunOver: true) == .stays)
    #expect(fate(.applying, after: 7200) == .stays)
    #expect(fate(.applying, boot: "b") == .failed("the node started again while the update was being applied"))
    #expect(fate(.failed, isRunOver: true, boot: "b", after: 7200) == .stays)
  }
}
