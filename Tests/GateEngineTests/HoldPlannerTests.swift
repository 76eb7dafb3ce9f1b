import GateEngine
import GateModel
import Testing

/// The planner as a transcript: what it asks, and what it ends with. Real apt is asked in CommandTests.
@Suite struct HoldPlannerTests {
  private static let now = Timestamp(secondsSinceEpoch: 1_000_000)

  private func change(_ source: String, from: String? = "1", to: String? = "2", binaries: [String]? = nil) -> Change {
    let from = from.map { PackageVersion($0) }
    let to = to.map { PackageVersion($0) }
    let action: ChangeAction = to == nil ? .remove : from == nil ? .install : .upgrade
    return Change(
      source: source, from: from, to: to, action: action,
      binaries: (binaries ?? [source]).map {
        BinaryChange(name: $0, architecture: "amd64", from: from, to: to, action: action)
      })
  }

  private func checked(_ change: Change, _ verdict: Verdict = .allow) -> CheckedChange {
    CheckedChange(
      assessed: AssessedChange(
        change: change, effects: [],
        decision: Decision(verdict: verdict, decidedBy: ["rule"], message: "why", clearsWhen: "later")),
      basis: .installed)
  }

  private func pending(_ changes: [Change], kept: [KeptBackPackage] = []) -> PendingChanges {
    PendingChanges(changes: changes, keptBack: kept)
  }

  private func plan(_ action: HoldPlannerAction) -> (holds: [Hold], kept: [BinaryPackage])? {
    if case .plan(let holds, let kept) = action { (holds, kept) } else { nil }
  }

  private func finished(_ action: HoldPlannerAction) -> HoldPlan? {
    if case .finish(let plan) = action { plan } else { nil }
  }

  @Test func nothingHeldEndsAfterOnePlan() throws {
    var planner = HoldPlanner(now: Self.now)
    #expect(planner.start() == .plan(holds: [], keeping: []))
    #expect(planner.planned(pending([change("a")])) == .check([change("a")]))
    let plan = try #require(finished(planner.checked([checked(change("a"))])))
    #expect(plan.holds == [] && plan.checked.map(\.change.source) == ["a"] && plan.warnings == [])
  }

  @Test func aHeldChangeIsPlannedUnderItsHold() throws {
    var planner = HoldPlanner(now: Self.now)
    _ = planner.start()
    _ = planner.planned(pending([change("a"), change("b")]))
    let asked = try #require(plan(planner.checked([checked(change("a"), .hold), checked(change("b"))])))
    #expect(asked.holds.map(\.source) == ["a"] && asked.kept == [])
    let done = try #require(finished(planner.planned(pending([change("b")]))))
    let hold = try #require(done.holds.first)
    #expect(hold.versions.map(\.text) == ["2"] && hold.since == Self.now && hold.heldBy == [])
    #expect(hold.message == "why" && hold.clearsWhen == "later" && hold.decidedBy == ["rule"])
  }

  @Test func whatCannotMoveWithoutItIsHeldWithIt() throws {
    var planner = HoldPlanner(now: Self.now)
    _ = planner.start()
    _ = planner.planned(pending([change("a"), change("b")]))
    _ = planner.checked([checked(change("a"), .hold), checked(change("b"))])
    let kept = KeptBackPackage(
      source: "b", name: "b", architecture: "amd64", from: PackageVersion("1"), to: PackageVersion("2"),
      reason: .dependencies([DependencyObstacle(package: "b 2", relation: "Depends: a (= 2)", inTheWay: [])]))
    let asked = try #require(plan(planner.planned(pending([], kept: [kept]))))
    #expect(asked.holds.map(\.source) == ["a", "b"])
    let done = try #require(finished(planner.planned(pending([]))))
    #expect(done.holds.last?.heldBy == ["a"] && done.holds.last?.verdict == .allow)
  }

  /// netplan.io without libnetplan0: a source moves as a whole or not at all.
  @Test func aSourceIsNeverSplit() throws {
    var planner = HoldPlanner(now: Self.now)
    _ = planner.start()
    let netplan = change("netplan.io", binaries: ["netplan.io", "libnetplan0"])
    _ = planner.planned(pending([change("a"), netplan]))
    _ = planner.checked([checked(change("a"), .hold), checked(netplan)])
    let half = change("netplan.io", binaries: ["libnetplan0"])
    let asked = try #require(plan(planner.planned(pending([half]))))
    #expect(asked.holds.map(\.source) == ["a", "netplan.io"])
  }

  /// Another version of a held source comes to the fore: nobody has decided on that one.
  @Test func anotherVersionIsANewDecision() throws {
    var planner = HoldPlanner(now: Self.now)
    _ = planner.start()
    _ = planner.planned(pending([change("a", to: "3")]))
    _ = planner.checked([checked(change("a", to: "3"), .hold)])
    #expect(planner.planned(pending([change("a", to: "2")])) == .check([change("a", to: "2")]))
    let asked = try #require(plan(planner.checked([checked(change("a", to: "2"), .approve)])))
    #expect(asked.holds.first?.versions.map(\.text) == ["2", "3"])
    #expect(asked.holds.first?.verdict == .hold)
    #expect(finished(planner.planned(pending([]))) != nil)
  }

  /// A removal that only a hold brings about is prevented by holding what brings it about.
  @Test func nothingIsRemovedBecauseOfAHold() throws {
    var planner = HoldPlanner(now: Self.now)
    _ = planner.start()
    _ = planner.planned(pending([change("a"), change("tool")]))
    _ = planner.checked([checked(change("a"), .hold), checked(change("tool"))])
    let removal = change("a", to: nil)
    #expect(planner.planned(pending([removal, change("tool")])) == .check([removal]))
    let keeping = try #require(plan(planner.checked([checked(removal)])))
    #expect(keeping.kept == [BinaryPackage(name: "a", architecture: "amd64")])
    let again = try #require(plan(planner.planned(pending([]))))
    #expect(again.holds.map(\.source) == ["a", "tool"] && again.holds.last?.heldBy == ["a"])
    let proof = try #require(plan(planner.planned(pending([]))))
    #expect(proof.kept == [], "the last plan is what apt itself will do")
    #expect(finished(planner.planned(pending([])))?.warnings == [])
  }

  @Test func anInstallationThatNothingNeedsAnyMoreIsNotHeld() throws {
    var planner = HoldPlanner(now: Self.now)
    _ = planner.start()
    _ = planner.planned(pending([change("a"), change("new", from: nil)]))
    _ = planner.checked([checked(change("a"), .hold), checked(change("new", from: nil))])
    #expect(finished(planner.planned(pending([])))?.holds.map(\.source) == ["a"])
  }

  @Test func aHoldKeepsItsBeginning() throws {
    let early = Timestamp(secondsSinceEpoch: 5)
    let before = Hold(source: "a", versions: [PackageVersion("2")], verdict: .hold, since: early)
    for (version, since) in [("2", early), ("3", Self.now)] {
      var planner = HoldPlanner(previous: [before], now: Self.now)
      _ = planner.start()
      _ = planner.planned(pending([change("a", to: version)]))
      let asked = try #require(plan(planner.checked([checked(change("a", to: version), .hold)])))
      #expect(asked.holds.first?.since == since)
    }
  }

  @Test func anotherPinThatWinsIsTold() throws {
    var planner = HoldPlanner(now: Self.now)
    _ = planner.start()
    _ = planner.planned(pending([change("a")]))
    _ = planner.checked([checked(change("a"), .hold)])
    let done = try #require(finished(planner.planned(pending([change("a")]))))
    #expect(done.warnings == ["a 2 is held, but another pin in apt's preferences lets it through"])
  }

  /// Whatever apt answers, it ends.
  @Test func itEndsWhateverAptAnswers() {
    var planner = HoldPlanner(now: Self.now)
    var action = planner.start()
    var steps = 0
    while steps < 200 {
      steps += 1
      switch action {
      case .plan:
        action = planner.planned(pending([change("a\(steps)"), change("b", to: nil), change("c", to: "\(steps)")]))
      case .check(let changes): action = planner.checked(changes.map { checked($0, .hold) })
      case .finish: return
      }
    }
    Issue.record("200 steps and no end")
  }
}
