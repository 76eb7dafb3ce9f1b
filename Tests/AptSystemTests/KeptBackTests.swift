import AptSystem
import GateModel
import Testing

/// Why packages are kept back.
@Suite struct KeptBackTests {
  @Test func heldByAPerson() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0")], hold: ["tool"])
    try root.repository([Stanza("tool", "2.0")])
    let kept = try #require(try onlyKept(root))
    #expect(kept.reason == .held)
    #expect(kept.from == PackageVersion("1.0") && kept.to == PackageVersion("2.0"))
  }

  @Test func dependencyThatIsNotInTheArchive() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0")])
    try root.repository([Stanza("tool", "2.0", ["Depends": "libnew (>= 2) | libother"])])
    let kept = try #require(try onlyKept(root))
    let expected = DependencyObstacle(
      package: "tool 2.0", relation: "Depends: libnew (>= 2) | libother", inTheWay: [])
    #expect(kept.reason == .dependencies([expected]))
  }

  @Test func installedPackageThatNeedsTheOldVersion() throws {
    let root = try TestRoot()
    let plugin = Stanza("plugin", "1.0", ["Depends": "tool (= 1.0)", "Priority": "required", "Essential": "yes"])
    try root.install([Stanza("tool", "1.0"), plugin])
    try root.repository([Stanza("tool", "2.0"), plugin])
    let kept = try #require(try onlyKept(root))
    let expected = DependencyObstacle(
      package: "plugin 1.0", relation: "Depends: tool (= 1.0)", inTheWay: ["plugin"])
    #expect(kept.reason == .dependencies([expected]))
  }

  @Test func brokenPackageThatIsOnHold() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0"), Stanza("plugin", "1.0")], hold: ["plugin"])
    try root.repository([Stanza("tool", "2.0", ["Breaks": "plugin (<< 2)"]), Stanza("plugin", "2.0")])
    let kept = try collect(root).keptBack
    #expect(kept.map(\.name) == ["plugin", "tool"])
    #expect(kept.first?.reason == .held)
    let expected = DependencyObstacle(
      package: "tool 2.0", relation: "Breaks: plugin (<< 2)", inTheWay: ["plugin"])
    #expect(kept.last?.reason == .dependencies([expected]))
  }

  @Test func obstacleTwoStepsAway() throws {
    let root = try TestRoot()
    let guardian = Stanza("guardian", "1.0", ["Priority": "required", "Essential": "yes"])
    try root.install([Stanza("tool", "1.0"), guardian])
    try root.repository([
      Stanza("tool", "2.0", ["Depends": "libnew"]), Stanza("libnew", "1.0", ["Conflicts": "guardian"]), guardian,
    ])
    let kept = try #require(try onlyKept(root))
    let expected = DependencyObstacle(
      package: "libnew 1.0", relation: "Conflicts: guardian", inTheWay: ["guardian"])
    #expect(kept.reason == .dependencies([expected]))
  }

  @Test(arguments: [0, 99]) func phasedUpdate(percentage: Int) throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0")])
    try root.repository([Stanza("tool", "2.0", ["Phased-Update-Percentage": "\(percentage)"])])
    let pending = try collect(root)
    if percentage == 0 {
      let out = Phasing(percentage: 0, includesThisNode: false)
      #expect(pending.changes.isEmpty)
      #expect(pending.keptBack.map(\.reason) == [.phased(out)])
    } else {
      #expect(pending.keptBack.isEmpty)
      #expect(pending.changes.first?.binaries.first?.phasing == Phasing(percentage: 99, includesThisNode: true))
    }
  }

  @Test func phaseIsDrawnFromTheMachine() throws {
    let root = try TestRoot()
    try root.install([Stanza("tool", "1.0")])
    try root.repository([Stanza("tool", "2.0", ["Phased-Update-Percentage": "50"])])
    let draws = try (0..<12).map { number in
      let id = AptOption(key: "APT::Machine-ID", value: String(repeating: "\(number)", count: 16))
      let pending = try collect(root, [id])
      let out = Phasing(percentage: 50, includesThisNode: false)
      #expect(pending.keptBack.map(\.reason) == (pending.changes.isEmpty ? [.phased(out)] : []))
      return pending.changes.isEmpty
    }
    // Which machines are in is libapt's matter; `collect` has compared each with apt-get. That all twelve
    // fall on one side has a chance of 1 in 2048 and is fixed by the ids, not drawn anew.
    #expect(Set(draws).count == 2)
  }

  private func onlyKept(_ root: TestRoot) throws -> KeptBackPackage? {
    let pending = try collect(root)
    #expect(pending.changes.isEmpty)
    #expect(pending.keptBack.count == 1)
    return pending.keptBack.first
  }
}
