import GateModel
import Testing

@Suite struct OwedRestartTests {
  private static let owed = OwedRestart(
    unit: "a.service", source: "s", version: PackageVersion("2"), since: Timestamp(secondsSinceEpoch: 100), boot: "b1",
    invocation: "i1", mainStart: .seconds(10))

  private func effect(_ kind: EffectKind, _ unit: String?, _ certainty: Certainty = .certain) -> Effect {
    Effect(
      kind: kind, unit: unit, verb: "restart", certainty: certainty, evidence: Evidence(basis: .candidate, file: "x"),
      package: "x")
  }

  private func owed(_ effects: [Effect], _ units: [UnitSnapshot], to: String? = "2") -> [String] {
    let change = Change(
      source: "s", from: PackageVersion("1"), to: to.map { PackageVersion($0) }, action: .upgrade, binaries: [])
    return OwedRestart.owed(
      by: change, effects: effects, units: units, boot: "b1", now: Timestamp(secondsSinceEpoch: 100)
    ).map(\.unit)
  }

  @Test func runningShieldedUnitsThatTheChangeDisturbsAreOwed() {
    let running = UnitSnapshot(name: "a.service", aliases: ["alias.service"], invocation: "i1")
    let stopped = UnitSnapshot(name: "a.service", activeState: "inactive")
    #expect(owed([effect(.restart, "a.service")], [running]) == ["a.service"])
    #expect(owed([effect(.restart, "a.service", .possible)], [running]) == ["a.service"])
    #expect(owed([effect(.stop, "alias.service")], [running]) == ["a.service"])
    #expect(owed([effect(.restart, "a.service")], [stopped]) == [])
    #expect(owed([effect(.start, "a.service"), effect(.reload, "a.service")], [running]) == [])
    #expect(owed([effect(.restart, "b.service"), effect(.restart, nil)], [running]) == [])
    #expect(owed([effect(.stop, "a.service")], [running], to: nil) == [])
  }

  @Test(arguments: [
    ("b1", UnitSnapshot(name: "a.service", invocation: "i1") as UnitSnapshot?, OwedRestart.Settlement.owed),
    ("b1", UnitSnapshot(name: "a.service", invocation: "i2"), .settled(by: .restart)),
    ("b1", UnitSnapshot(name: "a.service", activeState: "failed", invocation: "i1"), .settled(by: .stop)),
    ("b1", nil, .owed),
    ("b2", UnitSnapshot(name: "a.service", invocation: "i1"), .settled(by: .reboot)),
    ("b2", nil, .settled(by: .reboot)),
    // Without invocations the start of the main process decides.
    ("b1", UnitSnapshot(name: "a.service", mainStart: .seconds(11)), .settled(by: .restart)),
    ("b1", UnitSnapshot(name: "a.service", mainStart: .seconds(10)), .owed),
    ("b1", UnitSnapshot(name: "a.service"), .owed),
  ])
  func whatSettlesIt(boot: String, unit: UnitSnapshot?, expected: OwedRestart.Settlement) {
    #expect(Self.owed.settlement(OwedRestart.Observation(boot: boot, unit: unit)) == expected)
  }
}

@Suite struct ProcessTimeLimitTests {
  private func limits(_ unit: UnitSnapshot, isShuttingDown: Bool = false) -> [String] {
    ProcessTimeLimit.limits(of: unit, isShuttingDown: isShuttingDown, now: .seconds(100)).map(\.message)
  }

  @Test func whatWouldKillAProcess() {
    let running = UnitSnapshot(name: "a.service", activeSince: .seconds(40), runtimeLimit: .seconds(90))
    #expect(limits(running) == ["`a.service` may run for 30 s more (RuntimeMaxSec=)"])
    var late = running
    late.runtimeLimit = .seconds(10)
    #expect(limits(late) == ["`a.service` may run for 0 s more (RuntimeMaxSec=)"])
    var oneshot = UnitSnapshot(
      name: "o.service", activeState: "activating", startedAt: .seconds(90), startTimeout: .seconds(60),
      runtimeLimit: .seconds(1), serviceType: "oneshot")
    #expect(limits(oneshot) == ["`o.service` must have started within 50 s (TimeoutStartSec=)"])
    oneshot.startTimeout = nil
    #expect(limits(oneshot) == [])
  }

  @Test func theNearestComesFirst() {
    let unit = UnitSnapshot(
      name: "a.service", activeSince: .seconds(99), stopTimeout: .seconds(900), runtimeLimit: .seconds(10), job: "stop")
    #expect(
      limits(unit, isShuttingDown: true) == [
        "`a.service` may run for 9 s more (RuntimeMaxSec=)", "the system is shutting down",
        "`a.service` is being stopped and is killed within 900 s",
      ])
  }
}
