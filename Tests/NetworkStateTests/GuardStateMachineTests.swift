import GateModel
import NetworkState
import TestSupport
import Testing

/// Transcripts: what happened, and what the guard wanted done.
@Suite struct GuardStateMachineTests {
  typealias Make = RouteMaker
  static let networkd: UInt32 = 1
  static let cni: UInt32 = 4711

  private func baseline() throws -> NetworkSnapshot {
    try NetworkSnapshot([
      Make.link(2, "eth0"), Make.link(3, "veth1"), Make.route("198.19.1.0/24", dev: 2, via: "198.18.0.2"),
      Make.route("198.19.2.0/24", dev: 3), Make.rule(100), Make.nexthop(5, dev: 2),
    ])
  }

  static func machine(
    _ baseline: NetworkSnapshot, expected: ExpectedChurn = ExpectedChurn(interfaces: [Glob("veth*")])
  ) -> GuardStateMachine {
    GuardStateMachine(
      baseline: baseline, owners: [networkd: .networkd, cni: .other("flanneld")], expected: expected)
  }

  @Test func whatNetworkdDeletesIsPutBackAndTimed() throws {
    let baseline = try baseline()
    var machine = Self.machine(baseline)
    for kind in [NetworkObjectKind.route, .rule, .nexthop] {
      let message = try baseline[kind][0]
      let requests = try machine.deletion(of: message, by: Self.networkd, at: 1000).requests
      let request = try #require(requests.first).message
      #expect(requests.count == 1 && request.type == message.type && request.attributes == message.attributes)
      #expect(try machine.announcement(of: message, at: 1150) == .nothing)
    }
    #expect(machine.events.map(\.kind) == [.putBack, .returned, .putBack, .returned, .putBack, .returned])
    #expect(machine.events.compactMap(\.delay) == [150, 150, 150])
  }

  @Test func whatOthersDeleteStaysDeleted() throws {
    let baseline = try baseline()
    var machine = Self.machine(baseline)
    let route = try baseline[.route][0]
    #expect(try machine.deletion(of: route, by: Self.cni, at: 5) == .nothing)
    #expect(machine.events.map(\.kind) == [.leftToOthers] && machine.events[0].process == "flanneld")
    var after = baseline
    after[.route] = try NetworkSnapshot([baseline[.route][1]])[.route]
    #expect(machine.ended(after, at: 6).isEmpty)
  }

  /// A port that was not seen before is asked for; what it deleted is decided on when its owner is known.
  @Test func unknownPortsAreIdentified() throws {
    let baseline = try baseline()
    for owner in [PortOwner.networkd, .other(nil)] {
      var machine = Self.machine(baseline)
      #expect(try machine.deletion(of: baseline[.rule][0], by: 99, at: 5) == .identify(port: 99))
      #expect(try machine.deletion(of: baseline[.route][0], by: 99, at: 6) == .identify(port: 99))
      let requests = machine.identified(99, as: owner, at: 9).requests
      #expect(requests.count == (owner == .networkd ? 2 : 0))
      #expect(machine.events.map(\.time) == [5, 6])
      machine.forget(99)
      #expect(try machine.deletion(of: baseline[.nexthop][0], by: 99, at: 10) == .identify(port: 99))
    }
  }

  @Test func whatTheKernelTookIsPutBackAtTheEnd() throws {
    let baseline = try baseline()
    var machine = Self.machine(baseline)
    let route = try baseline[.route][0]
    #expect(try machine.deletion(of: route, by: 0, at: 5) == .nothing)
    #expect(machine.events.map(\.kind) == [.takenByKernel])
    var after = baseline
    after[.route] = try NetworkSnapshot([baseline[.route][1]])[.route]
    let steps = machine.ended(after, at: 10)
    #expect(steps.map(\.place) == [0])
    #expect(try machine.deletion(of: route, by: Self.networkd, at: 11) == .nothing)
    #expect(machine.concluded(baseline, restored: steps, at: 25).isEmpty)
    #expect(machine.events.last?.kind == .returned && machine.events.last?.delay == 20)
  }

  @Test func expectedChurnAndStrangersAreNotProtected() throws {
    let baseline = try baseline()
    var machine = Self.machine(baseline)
    #expect(try machine.deletion(of: baseline[.route][1], by: Self.networkd, at: 1) == .nothing)
    #expect(try machine.deletion(of: Make.route("198.19.99.0/24", dev: 2), by: Self.networkd, at: 2) == .nothing)
    #expect([UInt8]([1, 2, 3]).withUnsafeBytes { machine.notified($0, at: 3) } == .nothing)
    #expect(machine.events.isEmpty)
  }

  @Test func lostNotificationsMeanAFreshLook() throws {
    let baseline = try baseline()
    var machine = Self.machine(baseline)
    _ = try machine.deletion(of: baseline[.nexthop][0], by: Self.cni, at: 0)
    #expect(machine.overran(at: 1) == .resynchronize)
    #expect(machine.overran(at: 2) == .nothing)
    var current = baseline
    current[.rule] = MessageTable()
    current[.route] = MessageTable()
    current[.nexthop] = MessageTable()
    let requests = machine.resynchronized(current, at: 3).requests
    #expect(requests.map(\.object.kind) == [.route, .rule])
    #expect(machine.resynchronized(baseline, at: 4) == .nothing)
    #expect(try machine.announcement(of: baseline[.rule][0], at: 13) == .nothing)
    #expect(machine.events.map(\.kind) == [.leftToOthers, .overrun, .foundMissing, .foundMissing, .returned])
    #expect(machine.events.last?.delay == 10)
  }

  /// While the network is read again nothing is asked for; what networkd deletes then is put back afterwards, although the
  /// snapshot has it, and what is missing in it and another was seen to delete is not.
  @Test func deletionsDuringAFreshLookCount() throws {
    let baseline = try baseline()
    var machine = Self.machine(baseline)
    let (route, rule) = try (baseline[.route][0], baseline[.rule][0])
    #expect(machine.overran(at: 1) == .resynchronize)
    #expect(try machine.deletion(of: route, by: Self.networkd, at: 2) == .nothing)
    #expect(try machine.deletion(of: rule, by: Self.networkd, at: 2) == .nothing)
    machine.readingBegins(at: 3)
    #expect(try machine.deletion(of: rule, by: Self.networkd, at: 4) == .nothing)
    #expect(try machine.deletion(of: baseline[.nexthop][0], by: Self.cni, at: 4) == .nothing)
    var current = baseline
    current[.nexthop] = MessageTable()
    let requests = machine.resynchronized(current, at: 5).requests
    #expect(requests.map(\.object.kind) == [.rule] && machine.isAtWork)
    #expect(
      machine.events.map(\.kind) == [.overrun, .putBack, .putBack, .putBack, .leftToOthers, .returned])
    #expect(try machine.announcement(of: rule, at: 6) == .nothing)
    #expect(machine.events.last?.object?.kind == .rule && machine.events.last?.delay == 2 && !machine.isAtWork)
  }

  /// A baseline from before the watch: what went in between is nobody's to put back.
  @Test func whatWasGoneBeforeIsLeft() throws {
    let baseline = try baseline()
    var machine = Self.machine(baseline)
    var current = baseline
    current[.rule] = MessageTable()
    machine.accept(current, at: 1)
    #expect(machine.ended(current, at: 2).isEmpty)
  }

  /// Two that delete and put back the same for ever help nobody.
  @Test func theGuardGivesWayInTheEnd() throws {
    let baseline = try baseline()
    var machine = Self.machine(baseline)
    let rule = try baseline[.rule][0]
    var count = 0
    while case .putBack = try machine.deletion(of: rule, by: Self.networkd, at: 1), count < 1000 {
      _ = try machine.announcement(of: rule, at: 2)
      count += 1
    }
    #expect((2..<1000).contains(count) && machine.events.last?.kind == .gaveUp)
    var after = baseline
    after[.rule] = MessageTable()
    #expect(machine.ended(after, at: 3).count == 1)
  }

  /// Law: whatever networkd deletes in whatever order, answering each action gives the baseline again.
  @Test func answeringEveryActionRestoresTheBaseline() throws {
    var seed = Seed("guard")
    for _ in 0..<50 {
      let routes = try (0..<30).map { try Make.route("198.19.\($0).0/24", table: UInt32(seed.below(3) + 200), dev: 2) }
      let baseline = try NetworkSnapshot([Make.link(2, "eth0")] + routes)
      var machine = Self.machine(baseline)
      var present = Set(routes.map(\.attributes))
      for route in routes.shuffled(using: &seed) where seed.below(2) == 0 {
        present.remove(route.attributes)
        for request in try machine.deletion(of: route, by: Self.networkd, at: 1).requests {
          present.insert(try request.message.attributes)
        }
      }
      #expect(present.count == routes.count)
      #expect(machine.ended(baseline, at: 2).isEmpty)
    }
  }
}
