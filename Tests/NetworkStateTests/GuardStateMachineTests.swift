import GateModel
import NetworkState
import TestSupport
import Testing

/// Transcripts: what happened, and what the guard wanted done.
@Suite struct GuardStateMachineTests {
  private typealias Make = RouteMaker
  private static let networkd: UInt32 = 1
  private static let cni: UInt32 = 4711

  private func baseline() throws -> NetworkSnapshot {
    try NetworkSnapshot([
      Make.link(2, "eth0"), Make.link(3, "veth1"), Make.route("198.19.1.0/24", dev: 2, via: "198.18.0.2"),
      Make.route("198.19.2.0/24", dev: 3), Make.rule(100), Make.nexthop(5, dev: 2),
    ])
  }

  private func machine(_ baseline: NetworkSnapshot) -> GuardStateMachine {
    GuardStateMachine(
      baseline: baseline, networkdPorts: [Self.networkd], expected: ExpectedChurn(interfaces: [Glob("veth*")]))
  }

  /// A notification about a message of the baseline.
  private func notify(
    _ machine: inout GuardStateMachine, _ message: RoutingMessage, deletedBy port: UInt32?, at time: Int64
  ) throws -> GuardAction {
    var message = message
    if let port {
      message.type = NetlinkMessageType(rawValue: message.type.rawValue + 1)
      message.port = port
    }
    let bytes = try message.encoded()
    return bytes.withUnsafeBytes { machine.notified($0, at: time) }
  }

  @Test func whatNetworkdDeletesIsPutBackAndTimed() throws {
    let baseline = try baseline()
    var machine = machine(baseline)
    for kind in [NetworkObjectKind.route, .rule, .nexthop] {
      let message = try baseline[kind][0]
      guard case .putBack(let requests) = try notify(&machine, message, deletedBy: Self.networkd, at: 1000) else {
        Issue.record("\(kind) was not put back")
        continue
      }
      #expect(requests.count == 1 && requests.first?.type == message.type)
      #expect(requests.first?.attributes == message.attributes)
      #expect(try notify(&machine, message, deletedBy: nil, at: 1150) == .nothing)
    }
    #expect(machine.events.map(\.kind) == [.putBack, .returned, .putBack, .returned, .putBack, .returned])
    #expect(machine.events.compactMap(\.delay) == [150, 150, 150])
  }

  @Test func whatOthersDeleteStaysDeleted() throws {
    let baseline = try baseline()
    var machine = machine(baseline)
    let route = try baseline[.route][0]
    #expect(try notify(&machine, route, deletedBy: Self.cni, at: 5) == .nothing)
    #expect(machine.events.map(\.kind) == [.leftToOthers])
    var after = baseline
    after[.route] = try NetworkSnapshot([baseline[.route][1]])[.route]
    #expect(machine.ended(after).isEmpty)
  }

  @Test func whatTheKernelTookIsPutBackAtTheEnd() throws {
    let baseline = try baseline()
    var machine = machine(baseline)
    let route = try baseline[.route][0]
    #expect(try notify(&machine, route, deletedBy: 0, at: 5) == .nothing)
    #expect(machine.events.map(\.kind) == [.takenByKernel])
    var after = baseline
    after[.route] = try NetworkSnapshot([baseline[.route][1]])[.route]
    #expect(machine.ended(after).map(\.place) == [0])
    #expect(try notify(&machine, route, deletedBy: Self.networkd, at: 9) == .nothing)
  }

  @Test func expectedChurnAndStrangersAreNotProtected() throws {
    let baseline = try baseline()
    var machine = machine(baseline)
    #expect(try notify(&machine, baseline[.route][1], deletedBy: Self.networkd, at: 1) == .nothing)
    #expect(try notify(&machine, Make.route("198.19.99.0/24", dev: 2), deletedBy: Self.networkd, at: 2) == .nothing)
    #expect([UInt8]([1, 2, 3]).withUnsafeBytes { machine.notified($0, at: 3) } == .nothing)
    #expect(machine.events.isEmpty)
  }

  @Test func lostNotificationsMeanAFreshLook() throws {
    let baseline = try baseline()
    var machine = machine(baseline)
    #expect(machine.overran(at: 1) == .resynchronize)
    #expect(machine.overran(at: 2) == .nothing)
    var current = baseline
    current[.rule] = MessageTable()
    current[.route] = MessageTable()
    guard case .putBack(let requests) = machine.resynchronized(current, at: 3) else {
      Issue.record("nothing was put back")
      return
    }
    #expect(requests.map(\.fixed.kind) == [.route, .rule])
    #expect(machine.resynchronized(baseline, at: 4) == .nothing)
    #expect(try notify(&machine, baseline[.rule][0], deletedBy: nil, at: 13) == .nothing)
    #expect(machine.events.map(\.kind) == [.overrun, .foundMissing, .foundMissing, .returned])
    #expect(machine.events.last?.delay == 10)
  }

  /// Law: whatever networkd deletes in whatever order, answering each action gives the baseline again.
  @Test func answeringEveryActionRestoresTheBaseline() throws {
    var seed = Seed("guard")
    for _ in 0..<50 {
      let routes = try (0..<30).map { try Make.route("198.19.\($0).0/24", table: UInt32(seed.below(3) + 200), dev: 2) }
      let baseline = try NetworkSnapshot([Make.link(2, "eth0")] + routes)
      var machine = GuardStateMachine(baseline: baseline, networkdPorts: [Self.networkd])
      var present = Set(routes.map(\.attributes))
      for route in routes.shuffled(using: &seed) where seed.below(2) == 0 {
        present.remove(route.attributes)
        if case .putBack(let requests) = try notify(&machine, route, deletedBy: Self.networkd, at: 1) {
          for request in requests { present.insert(request.attributes) }
        }
      }
      #expect(present.count == routes.count)
      #expect(machine.ended(baseline).isEmpty)
    }
  }
}
