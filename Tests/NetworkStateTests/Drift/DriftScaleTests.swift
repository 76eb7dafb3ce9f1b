import TestSupport
import Foundation
import NetworkState
import Testing

/// A million routes with a thousand differences: the time and memory that drift may take.
@Suite(.serialized) struct DriftScaleTests {
  /// One buffer of `count` routes as the kernel sends them, without those in `missing`, `moved` through another link.
  private func table(count: Int, missing: Set<Int>, moved: Set<Int>) throws -> MessageTable {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * 60)
    let template = try RouteMaker.route("10.0.0.0/32", dev: 2, via: "198.18.0.1").encoded()
    for index in 0..<count where !missing.contains(index) {
      let start = bytes.count
      bytes += template
      for (place, shift) in [24, 16, 8, 0].enumerated() {
        bytes[start + 40 + place] = UInt8(truncatingIfNeeded: (0x0A00_0000 + index) >> shift)
      }
      if moved.contains(index) { bytes[start + 56] = 3 }
    }
    return try MessageTable(adopting: bytes)
  }

  private func snapshots(_ count: Int, differences: Int) throws -> (NetworkSnapshot, NetworkSnapshot) {
    var seed = Seed("drift at scale")
    var chosen: Set<Int> = []
    while chosen.count < differences { chosen.insert(seed.below(count)) }
    let all = Array(chosen)
    let third = differences / 4
    let before = try table(count: count, missing: Set(all[..<third]), moved: [])
    let after = try table(count: count, missing: Set(all[third..<(2 * third)]), moved: Set(all[(2 * third)...]))
    return (NetworkSnapshot([.route: before]), NetworkSnapshot([.route: after]))
  }

  @Test func everyDifferenceOfManyIsFound() throws {
    let (before, after) = try snapshots(20_000, differences: 1000)
    let drift = Drift(from: before, to: after)
    #expect(drift.count(.route, .added) == 250)
    #expect(drift.count(.route, .removed) == 250)
    #expect(drift.count(.route, .changed) == 500)
  }

  /// A whole table of routes that came or went, at any place, is no more than its own routes.
  @Test(arguments: [0, 7000, 19_000]) func aRunOfManyIsFound(start: Int) throws {
    let run = Set(start..<(start + 1000))
    let before = try NetworkSnapshot([.route: table(count: 20_000, missing: run, moved: [100, 101, 15_000])])
    let after = try NetworkSnapshot([.route: table(count: 20_000, missing: [], moved: [])])
    let drift = Drift(from: before, to: after)
    #expect(drift.count(.route, .added) == 1000 && drift.count(.route, .removed) == 0)
    #expect(drift.count(.route, .changed) == [100, 101, 15_000].filter { !run.contains($0) }.count)
    #expect(Drift(from: after, to: before).count(.route, .removed) == 1000)
  }

  @Test(.enabled(if: isOptimized, "measures the release build; run with -c release"))
  func aMillionRoutesTakeLessThanASecondAnd300MB() throws {
    let (before, after) = try snapshots(1_000_000, differences: 1000)
    let start = ContinuousClock.now
    let drift = Drift(from: before, to: after)
    let time = ContinuousClock.now - start
    #expect(drift.differences.count == 1000)
    #expect(time < .seconds(1))
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let kilobytes = peak.flatMap { Int($0.filter(\.isNumber)) } ?? .max
    print("drift of 1,000,000 routes: \(time), peak of the process \(kilobytes / 1024) MB")
    #expect(kilobytes < 300 * 1024)
  }

  private static var isOptimized: Bool {
    #if DEBUG
      false
    #else
      true
    #endif
  }
}
