import Foundation
import NetworkState
import Synchronization
import TestSupport
import Testing

@testable import NetworkSystem

/// Storms of deletions by a process that plays networkd and by another, seen by a guard with little room.
@Suite(.enabled(if: TestNamespace.isPossible, "needs root and network namespaces"), .serialized)
struct GuardStormTests {
  /// `ip -batch -` that stays: one socket, so one port, for the whole test. It has it when this returns.
  private final class Actor {
    private let process = Process()
    private let input = Pipe()

    var pid: Int32 { process.processIdentifier }

    init(_ namespace: TestNamespace) throws {
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["ip", "-n", namespace.name, "-force", "-batch", "-"]
      process.standardInput = input
      let output = Pipe()
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      try tell(["link show lo"])
      _ = output.fileHandleForReading.availableData
    }

    func tell(_ lines: [String]) throws {
      try input.fileHandleForWriting.write(contentsOf: Data((lines.joined(separator: "\n") + "\n").utf8))
    }

    func end() {
      try? input.fileHandleForWriting.close()
      process.waitUntilExit()
    }

    deinit { end() }
  }

  /// Work that ends when the test says so.
  private final class Switch: GuardedWork {
    private let pipe = Pipe()
    /// Milliseconds that the guard is kept from its work each time that it asks; -1 is until the end.
    private let pause: Int32

    init(pause: Int32 = 0) { self.pause = pause }

    var descriptors: [Int32] { [pipe.fileHandleForReading.fileDescriptor] }
    func turn() { try? pipe.fileHandleForWriting.close() }

    func hasEnded() -> Bool {
      var wanted = [pollfd(fd: descriptors[0], events: Int16(POLLIN), revents: 0)]
      return poll(&wanted, 1, pause) > 0
    }
  }

  /// An actor who does the same for ever, until it is ended.
  private final class Storm: @unchecked Sendable {
    private let actor: Actor
    private let ended = Mutex(false)
    private let done = DispatchSemaphore(value: 0)

    init(_ actor: Actor) { self.actor = actor }

    func begin(_ lines: [String]) {
      Thread.detachNewThread {
        while !self.ended.withLock({ $0 }), (try? self.actor.tell(lines)) != nil {}
        self.done.signal()
      }
    }

    func end() {
      let isFirst = ended.withLock { isEnded in
        defer { isEnded = true }
        return !isEnded
      }
      guard isFirst else { return }
      done.wait()
      actor.end()
    }
  }

  private static let routes = 400

  private static func route(_ number: Int) -> String {
    let table = number % 3 == 0 ? "" : " table \(200 + number % 3)"
    return "198.19.\(number / 250).\(number % 250)/32 via 198.18.0.2 proto 80\(table)"
  }

  private static func rule(_ number: Int) -> String { "from 198.19.0.\(number) lookup 200 pref \(1000 + number)" }

  private struct Scene {
    var report: GuardReport
    var final: NetworkSnapshot

    var isComplete: Bool { report.isComplete }

    func count(_ kind: GuardEvent.Kind) -> Int { report.events.count { $0.kind == kind } }

    /// The destinations of the routes that others were seen to delete.
    var leftRoutes: Set<String> {
      let describer = ObjectDescriber(names: NumberNames(), of: report.baseline)
      let places = report.events.filter { $0.kind == .leftToOthers }.compactMap(\.object).filter { $0.kind == .route }
      return Set(
        places.compactMap { object in
          let described = (try? report.baseline[.route][object.place]).map(describer.describe)
          guard case .text(let text) = described?.members.first(where: { $0.key == "dst" })?.value else { return nil }
          return text
        })
    }
  }

  /// Runs a guard over what `play` does with networkd and the other.
  private func guarded(
    _ namespace: TestNamespace, receiveBytes: Int32, pause: Int32 = 0, during storm: Storm? = nil,
    _ play: (Actor, Actor) throws -> Void
  ) throws -> Scene {
    defer { storm?.end() }
    let (networkd, other) = (try Actor(namespace), try Actor(namespace))
    var settings = GuardSettings(namespace: namespace.path)
    settings.networkd = .processes([networkd.pid])
    settings.receiveBytes = receiveBytes
    settings.isUrgent = false
    if storm != nil { settings.settle = .seconds(1) }
    let work = Switch(pause: pause)
    let networkGuard = try NetworkGuard(settings)
    try networkGuard.takeBaseline()
    storm?.begin(Self.noise)
    let watcher = Watcher(networkGuard, work)
    defer { work.turn() }
    try play(networkd, other)
    networkd.end()
    other.end()
    work.turn()
    let report = try watcher.report()
    storm?.end()
    return Scene(
      report: report,
      final: try SnapshotReader(namespace: namespace.path).read(by: .after(.seconds(60))).snapshot)
  }

  /// The guard in a thread of its own, as it is a process of its own on a node.
  private final class Watcher: @unchecked Sendable {
    private let networkGuard: NetworkGuard
    private let work: Switch
    private var outcome: Result<GuardReport, any Error>?
    private let done = DispatchSemaphore(value: 0)

    init(_ networkGuard: NetworkGuard, _ work: Switch) {
      self.networkGuard = networkGuard
      self.work = work
      Thread.detachNewThread {
        self.outcome = Result { try self.networkGuard.watch(self.work) }
        self.done.signal()
      }
    }

    func report() throws -> GuardReport {
      try #require(done.wait(timeout: .now() + 120) == .success, "the guard does not end")
      return try #require(outcome).get()
    }
  }

  private func makeNamespace() throws -> TestNamespace {
    let namespace = try TestNamespace()
    try namespace.batch(
      SnapshotReaderTests.links + (0..<Self.routes).map { "route add \(Self.route($0))" }
        + (0..<40).map { "rule add \(Self.rule($0))" })
    try namespace.settle()
    return namespace
  }

  /// What is gone of the routes and rules, by their numbers.
  private func gone(_ namespace: TestNamespace) throws -> (routes: Set<Int>, rules: Set<Int>) {
    let shown = String(decoding: try namespace.ip("-o", "route", "show", "table", "all", "proto", "80"), as: UTF8.self)
    let there = Set(shown.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) })
    let rules = String(decoding: try namespace.ip("-o", "rule", "show"), as: UTF8.self)
    return (
      Set((0..<Self.routes).filter { !there.contains("198.19.\($0 / 250).\($0 % 250)") }),
      Set((0..<40).filter { !rules.contains("\(1000 + $0):") })
    )
  }

  /// Without losing a notification the end is exact: the baseline less what the other deleted.
  @Test func theEndIsTheBaselineLessWhatOthersDeleted() throws {
    var seed = Seed("guard storm")
    for _ in 0..<3 {
      let namespace = try makeNamespace()
      var (others, otherRules): (Set<Int>, Set<Int>) = ([], [])
      let scene = try guarded(namespace, receiveBytes: 64 << 20) { networkd, other in
        for number in 0..<Self.routes where seed.below(2) == 0 {
          let isOthers = seed.below(3) == 0
          if isOthers { others.insert(number) }
          try (isOthers ? other : networkd).tell(["route del \(Self.route(number))"])
        }
        for number in 0..<40 where seed.below(2) == 0 {
          let isOthers = seed.below(3) == 0
          if isOthers { otherRules.insert(number) }
          try (isOthers ? other : networkd).tell(["rule del \(Self.rule(number))"])
        }
      }
      let gone = try gone(namespace)
      #expect(gone.routes == others && gone.rules == otherRules)
      #expect(scene.report.events.count { $0.kind == .overrun } == 0 && scene.isComplete)
      #expect(scene.report.events.count { $0.kind == .leftToOthers } == others.count + otherRules.count)
    }
  }

  /// With so little room that notifications are lost the end is the baseline less what the other was seen to delete:
  /// what networkd deleted is there, and only what the other deleted unseen may be back.
  @Test func overrunsLoseNothing() throws {
    var seed = Seed("guard overrun")
    for _ in 0..<2 {
      let namespace = try makeNamespace()
      var others: Set<Int> = []
      let scene = try guarded(namespace, receiveBytes: 4096, pause: 100) { networkd, other in
        for number in 0..<40 where seed.below(2) == 0 {
          others.insert(number)
          try other.tell(["route del \(Self.route(number))"])
        }
        for _ in 0..<3 {
          try networkd.tell((40..<Self.routes).filter { _ in seed.below(3) > 0 }.map { "route del \(Self.route($0))" })
          try networkd.tell(Self.noise)
        }
      }
      try expectAllBut(seenIn: scene, namespace, others)
      #expect(scene.count(.overrun) > 0)
    }
  }

  /// The guard looks only when networkd is gone: what it deleted before is still known to be its own.
  @Test func whatNetworkdDeletedBeforeItEndedIsPutBack() throws {
    let namespace = try makeNamespace()
    let scene = try guarded(namespace, receiveBytes: 64 << 20, pause: -1) { networkd, other in
      try networkd.tell((40..<Self.routes).map { "route del \(Self.route($0))" })
      try other.tell(["route del \(Self.route(0))"])
    }
    #expect(try gone(namespace).routes == [0])
    #expect(scene.count(.putBack) == Self.routes - 40 && scene.count(.leftToOthers) == 1 && scene.isComplete)
  }

  /// In a storm that does not end the guard puts back, and ends when it is to.
  @Test func aStormWithoutEndDoesNotStopIt() throws {
    let namespace = try makeNamespace()
    let storm = Storm(try Actor(namespace))
    let scene = try guarded(namespace, receiveBytes: 4096, pause: 20, during: storm) { networkd, _ in
      try networkd.tell((0..<Self.routes).map { "route del \(Self.route($0))" } + ["route add 198.19.8.1/32 dev v0"])
      let limit = Deadline.after(.seconds(100))
      var isDone = false
      while !isDone, !limit.isOver {
        isDone = try !namespace.ip("route", "show", "198.19.8.1").isEmpty && gone(namespace).routes.isEmpty
      }
      #expect(isDone)
    }
    try expectAllBut(seenIn: scene, namespace, [])
    let (overruns, restored) = (scene.count(.overrun), scene.report.restoredCount)
    #expect(overruns > 1 && restored == 0)
  }

  /// Routes that are nobody's come and go.
  private static let noise: [String] = {
    let routes = (0..<500).map { "198.19.9.\($0 % 250)/32 dev v0 table \(300 + $0 / 250)" }
    return routes.map { "route add \($0)" } + routes.map { "route del \($0)" }
  }()

  private func expectAllBut(seenIn scene: Scene, _ namespace: TestNamespace, _ others: Set<Int>) throws {
    let gone = try gone(namespace)
    print(
      "guard storm: \(scene.count(.overrun)) overruns, \(scene.count(.foundMissing)) objects found missing, "
        + "\(scene.leftRoutes.count) of \(others.count) left")
    #expect(gone.routes.subtracting(others) == [])
    #expect(gone.rules == [])
    #expect(Set(gone.routes.map { "198.19.\($0 / 250).\($0 % 250)" }) == scene.leftRoutes)
    #expect(scene.isComplete)
  }

  /// An address that networkd takes away takes all routes of its link with it without a word: they are back with it.
  @Test func anAddressTakesItsRoutesWithItAndBringsThemBack() throws {
    let namespace = try makeNamespace()
    let scene = try guarded(namespace, receiveBytes: 64 << 20) { networkd, _ in
      try networkd.tell(["addr del 198.18.0.1/24 dev v0"])
    }
    #expect(try gone(namespace).routes.isEmpty)
    #expect(scene.report.events.count { $0.kind == .takenSilently } >= Self.routes)
    #expect(scene.report.gaps.count > Self.routes && scene.report.restoredCount == 0)
    #expect(Drift(from: scene.report.baseline, to: scene.final).differences.allSatisfy { $0.kind == .link })
  }

  /// One that an administrator takes away stays away, and so does what hung on it.
  @Test func anAddressThatOthersTakeStaysAway() throws {
    let namespace = try makeNamespace()
    _ = try guarded(namespace, receiveBytes: 64 << 20) { _, other in try other.tell(["addr del 198.18.0.1/24 dev v0"]) }
    #expect(try gone(namespace).routes.count == Self.routes)
  }
}
