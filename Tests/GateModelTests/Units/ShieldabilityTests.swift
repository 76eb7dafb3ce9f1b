import GateModel
import Testing

@Suite struct ShieldabilityTests {
  private static let networkd = UnitSnapshot(
    name: "systemd-networkd.service", aliases: ["dbus-org.freedesktop.network1.service"],
    relations: [.requires: ["system.slice"], .triggeredBy: ["systemd-networkd.socket"]])

  private func effect(_ kind: EffectKind, _ unit: String, _ verb: String = "try-restart") -> Effect {
    Effect(
      kind: kind, unit: unit, verb: verb, certainty: .certain,
      evidence: Evidence(basis: .candidate, file: "x.postinst", line: 1), package: "x")
  }

  private func shieldability(
    _ unit: UnitSnapshot, _ effects: [Effect], shielded: Set<String> = [], others: [UnitSnapshot] = []
  ) -> Shieldability {
    Shieldability.of(unit, effects: effects, shielded: shielded) { name in
      others.first { $0.name == name || $0.aliases.contains(name) }
    }
  }

  @Test func aServiceThatIsRestartedByHandIsShieldable() {
    #expect(shieldability(Self.networkd, [effect(.restart, Self.networkd.name)]) == .shieldable)
    // A restart of the socket does not stop the service that it triggers.
    #expect(shieldability(Self.networkd, [effect(.restart, "systemd-networkd.socket")]) == .shieldable)
    let reexec = Effect(
      kind: .reexec, verb: "daemon-reexec", certainty: .certain, evidence: Evidence(basis: .candidate, file: "x"),
      package: "x")
    #expect(shieldability(Self.networkd, [reexec]) == .shieldable)
  }

  @Test(arguments: [
    (UnitSnapshot(name: "x.socket"), ShieldObstacle.notAService(type: "socket")),
    (UnitSnapshot(name: "x"), .notAService(type: "")),
    (UnitSnapshot(name: "getty@tty1.service"), .templated), (UnitSnapshot(name: "getty@.service"), .templated),
    (UnitSnapshot(name: "x.service", loadState: "not-found"), .notLoaded(state: "not-found")),
    (UnitSnapshot(name: "x.service", loadState: "masked"), .notLoaded(state: "masked")),
    (UnitSnapshot(name: "x.service", stopsWhenUnneeded: true), .stopsWhenUnneeded),
  ])
  func whatIsNotShieldable(unit: UnitSnapshot, obstacle: ShieldObstacle) {
    #expect(shieldability(unit, []) == .not(obstacle))
  }

  @Test(arguments: UnitRelation.allCases.filter(\.propagatesStop))
  func aUnitThatStopsWithAnotherIsNot(relation: UnitRelation) {
    let unit = UnitSnapshot(name: "a.service", relations: [relation: ["b.service"]])
    let expected = Shieldability.not(.stopsWith(other: "b.service", relation: relation))
    #expect(shieldability(unit, [effect(.restart, "b.service")]) == expected)
    #expect(shieldability(unit, [effect(.stop, "b.service", "stop")]) == expected)
    #expect(shieldability(unit, [effect(.start, "b.service", "start")]) == .shieldable)
    // Shielded together, the other one is not stopped either.
    #expect(shieldability(unit, [effect(.restart, "b.service")], shielded: ["b.service"]) == .shieldable)
  }

  @Test func stopsAreFollowedThroughUnitsBetweenAndAliasesButNotInCircles() {
    let unit = UnitSnapshot(name: "a.service", relations: [.requires: ["b.service"]])
    let others = [
      UnitSnapshot(name: "b.service", relations: [.partOf: ["c.service"], .requires: ["a.service"]]),
      UnitSnapshot(name: "c.service", aliases: ["sea.service"]),
    ]
    #expect(
      shieldability(unit, [effect(.restart, "sea.service")], others: others)
        == .not(.stopsWith(other: "c.service", relation: .partOf)))
    #expect(shieldability(unit, [], others: others) == .shieldable)
  }

  @Test func conflictsStopAUnitWhenTheOtherStarts() {
    let unit = UnitSnapshot(name: "a.service", relations: [.conflicts: ["b.service"]])
    #expect(shieldability(unit, [effect(.start, "b.service")]) == .not(.conflicts(other: "b.service")))
    #expect(shieldability(unit, [effect(.stop, "b.service")]) == .shieldable)
  }

  @Test func signalsAreNotRefused() {
    let unit = Self.networkd
    #expect(shieldability(unit, [effect(.stop, unit.name, "kill")]) == .not(.notRefused(verb: "kill")))
    #expect(shieldability(unit, [effect(.stop, unit.aliases[0], "kill")]) == .not(.notRefused(verb: "kill")))
    #expect(shieldability(unit, [effect(.stop, "other.service", "kill")]) == .shieldable)
  }

  @Test func aPlanTakesAllUnitsOrNone() {
    let owner = ShieldOwner(transaction: "t", boot: "b")
    let effects = [effect(.restart, Self.networkd.aliases[0]), effect(.start, "new.service")]
    let plan = { (units: [String]) in
      ShieldPlanning.plan(for: units, effects: effects, owner: owner) { name in
        name == Self.networkd.name || Self.networkd.aliases.contains(name) ? Self.networkd : nil
      }
    }
    // Aliases lead to the unit's own name; none named means those that the change disturbs.
    #expect(plan([]) == .possible(ShieldPlan(owner: owner, units: [Self.networkd.name])))
    #expect(
      plan([Self.networkd.name, "gone.service"])
        == .impossible([UnshieldableUnit(unit: "gone.service", obstacle: .notLoaded(state: "not-found"))]))
  }

  @Test func aDropInNamesItsOwner() {
    let owner = ShieldOwner(transaction: "20261121-1", boot: "e3249a2bb1b940288d9ed916a6818370")
    let dropIn = ShieldDropIn(unit: "x.service", owner: owner)
    #expect(ShieldDropIn.owner(in: dropIn.text) == owner)
    #expect(ShieldDropIn.path(of: "x.service") == "/run/systemd/system/x.service.d/50-apt-gate-shield.conf")
    for foreign in ["", "[Unit]\nTransaction=a\nBoot=b\n", "[X-AptGate]\nBoot=b\n"] {
      #expect(ShieldDropIn.owner(in: foreign) == nil)
    }
  }

  @Test(arguments: [
    ("a.service", true), ("a@b.service", true), ("a\\x2db.mount", true), ("", false), ("a", false), ("a.", false),
    ("../a.service", false), ("a/b.service", false), ("a b.service", false), (".service", false),
    (String(repeating: "a", count: 300) + ".service", false),
  ])
  func namesThatAUnitCanHave(name: String, isValid: Bool) { #expect(UnitName.isValid(name) == isValid) }
}
