import NetworkState
import Testing

/// Transcripts of what hangs on addresses, links and nexthops.
@Suite struct GuardDependenceTests {
  private typealias Make = RouteMaker
  private static let networkd = GuardStateMachineTests.networkd
  private static let cni = GuardStateMachineTests.cni
  /// `ENETUNREACH`, `EEXIST`.
  private static let unreachable: Int32 = 101
  private static let exists: Int32 = 17

  private let address = Make.address("198.18.0.2/24", dev: 2)
  private let upLink = Make.link(2, "eth0")

  private func baseline() throws -> NetworkSnapshot {
    try NetworkSnapshot([
      upLink, Make.link(3, "eth1"), address, Make.route("198.19.1.0/24", dev: 2, via: "198.18.0.1"),
      Make.route("198.18.0.0/24", protocol: .kernel, dev: 2), Make.route("198.19.2.0/24", dev: 3),
      Make.route("2001:db8:1::/48", dev: 2), Make.route("198.19.3.0/24", dev: 3, source: "198.18.0.2"),
    ])
  }

  private func machine() throws -> GuardStateMachine { GuardStateMachineTests.machine(try baseline(), expected: .none) }

  private func places(_ action: GuardAction) -> [String] {
    action.requests.map { "\($0.object.kind) \($0.object.place)" }
  }

  /// The kernel drops IPv4 routes with the address and says nothing: they are asked for with it, those without a gateway
  /// first, and only if they are not there.
  @Test func anAddressComesBackWithItsRoutes() throws {
    var machine = try machine()
    let action = try machine.deletion(of: address, by: Self.networkd, at: 10)
    #expect(places(action) == ["address 0", "route 1", "route 4", "route 0"])
    let exclusive: UInt16 = 0x200
    #expect(action.requests.dropFirst().allSatisfy { $0.flags & exclusive != 0 })
    let answers = action.requests.map { GuardAnswer($0.object, errno: $0.object.place == 4 ? Self.exists : 0, at: 11) }
    #expect(machine.answered(answers, at: 11) == .nothing)
    #expect(try machine.announcement(of: address, at: 12) == .nothing)
    #expect(try machine.announcement(of: baseline()[.route][0], at: 13) == .nothing)
    #expect(
      machine.events.map(\.kind) == [.putBack, .returned, .takenSilently, .returned, .takenSilently, .returned])
    // All were there at 11, when the kernel answered.
    #expect(machine.events.compactMap(\.delay) == [1, 1, 1])
  }

  /// What the kernel refuses waits for the address or link, whoever brings it back.
  @Test func whatIsRefusedWaitsForTheAddress() throws {
    var machine = try machine()
    let route = try baseline()[.route][0]
    #expect(try machine.deletion(of: address, by: 0, at: 5) == .nothing)
    let first = try machine.deletion(of: route, by: Self.networkd, at: 10)
    #expect(places(first) == ["route 0"])
    let refusal = GuardAnswer(GuardedObject(.route, 0), errno: Self.unreachable, at: 11, reason: "no")
    #expect(machine.answered([refusal], at: 11) == .nothing)
    let other = Make.address("198.18.7.7/24", dev: 3)
    #expect(try machine.announcement(of: other, at: 12) == .nothing)
    #expect(places(try machine.announcement(of: address, at: 20)) == ["route 1", "route 0"])
    #expect(machine.answered([GuardAnswer(GuardedObject(.route, 0), errno: 0, at: 21)], at: 21) == .nothing)
    #expect(try machine.announcement(of: route, at: 22) == .nothing)
    #expect(machine.events.map(\.kind) == [.takenByKernel, .putBack, .refused, .returned, .returned])
    #expect(machine.events.last?.delay == 11 && !machine.isAtWork)
  }

  /// The announcements of what the guard itself makes are not needed: an answer does what they do.
  @Test func anAnswerBringsBackWhatWaits() throws {
    var machine = try machine()
    let route = try baseline()[.route][0]
    #expect(try machine.announcement(of: Make.link(2, "eth0", flags: 0x1002), at: 1) == .nothing)
    #expect(try machine.deletion(of: address, by: 0, at: 2) == .nothing)
    _ = try machine.deletion(of: route, by: Self.networkd, at: 3)
    let refusal = GuardAnswer(GuardedObject(.route, 0), errno: Self.unreachable, at: 4)
    #expect(machine.answered([refusal], at: 4) == .nothing)
    let up = try machine.announcement(of: upLink, at: 5)
    #expect(places(up).contains("address 0") && places(up).contains("route 0"))
    let answers = up.requests.map {
      GuardAnswer($0.object, errno: $0.object.kind == .address ? 0 : Self.unreachable, at: 6)
    }
    let again = machine.answered(answers, at: 6)
    #expect(Set(places(again)) == ["route 0", "route 1"])
    #expect(machine.answered(again.requests.map { GuardAnswer($0.object, errno: 0, at: 7) }, at: 7) == .nothing)
    #expect(!machine.isAtWork && machine.events.last?.kind == .returned)
  }

  /// What waits together is asked for together: an address before the routes that networkd deleted before it.
  @Test func requestsOfSeveralActionsAreArranged() throws {
    var machine = try machine()
    let route = try machine.deletion(of: baseline()[.route][0], by: Self.networkd, at: 1)
    let address = try machine.deletion(of: address, by: Self.networkd, at: 2)
    #expect(places(route) == ["route 0"] && places(address) == ["address 0", "route 1", "route 4", "route 0"])
    let together = GuardRequest.arranged(route.requests + address.requests)
    #expect(places(.putBack(together)) == places(address))
    #expect(together.map(\.flags) == address.requests.map(\.flags))
  }

  /// Among the refused of one action some may hang on others of it: they are asked for again while that helps.
  @Test func refusedOnesAreAskedForAgainWhileOthersAreTaken() throws {
    var machine = try machine()
    _ = try machine.deletion(of: address, by: Self.networkd, at: 10)
    let taken = GuardAnswer(GuardedObject(.address, 0), errno: 0, at: 11)
    let refused = GuardAnswer(GuardedObject(.route, 0), errno: Self.unreachable, at: 11)
    #expect(places(machine.answered([taken, refused], at: 11)) == ["route 0"])
    #expect(machine.answered([refused], at: 12) == .nothing)
  }

  @Test func aLinkThatComesUpBringsItsRoutes() throws {
    var machine = try machine()
    let ipv6 = try baseline()[.route][3]
    #expect(try machine.announcement(of: Make.link(2, "eth0", flags: 0x1002), at: 10) == .nothing)
    #expect(try machine.deletion(of: ipv6, by: 0, at: 11) == .nothing)
    let action = try machine.announcement(of: upLink, at: 20)
    #expect(Set(places(action)) == ["route 1", "route 3", "route 0"] && places(action).last == "route 0")
    #expect(try machine.announcement(of: upLink, at: 21).requests.count == 1)
  }

  /// An address that an administrator took away: it and what went with it stay away.
  @Test func whatHangsOnAnAddressThatOthersTookStaysAway() throws {
    var machine = try machine()
    #expect(try machine.deletion(of: address, by: Self.cni, at: 10) == .nothing)
    let after = try NetworkSnapshot([upLink, Make.link(3, "eth1"), Make.route("198.19.2.0/24", dev: 3)])
    let steps = machine.ended(after, at: 11)
    #expect(!steps.contains { $0.kind == .address })
    #expect(!steps.contains { $0.kind == .route && $0.place == 0 })
  }

  /// With a nexthop object the kernel takes groups and routes.
  @Test func aNexthopComesBackWithItsGroupsAndRoutes() throws {
    let baseline = try NetworkSnapshot([
      upLink, Make.nexthop(5, dev: 2), Make.nexthop(20, members: [5]), Make.route("198.19.1.0/24", nexthop: 20),
      Make.route("198.19.2.0/24", nexthop: 5), Make.route("198.19.3.0/24", dev: 2),
    ])
    var machine = GuardStateMachineTests.machine(baseline, expected: .none)
    let action = try machine.deletion(of: baseline[.nexthop][0], by: Self.networkd, at: 10)
    #expect(places(action).prefix(2) == ["nexthop 0", "nexthop 1"])
    #expect(Set(places(action).dropFirst(2)) == ["route 0", "route 1"])
  }

  @Test func networkdIsDoneWhenItSaysSoAndIsCalm() {
    var settling = GuardSettling(at: 0, limit: 10_000_000)
    #expect(!settling.isSettled(at: 100_000, isConfigured: true))
    #expect(settling.isSettled(at: 600_000, isConfigured: true))
    settling.active(at: 590_000)
    #expect(!settling.isSettled(at: 600_000, isConfigured: true))
    #expect(!settling.isSettled(at: 9_999_999, isConfigured: false))
    #expect(settling.isSettled(at: 10_000_000, isConfigured: false))
  }

  @Test func gapsAreSummedUp() {
    #expect(GapStatistics(gaps: [30, 10, 20, 40]).median == 20)
    #expect(GapStatistics(gaps: [30, 10, 20]).worst == 30)
    #expect(GapStatistics(gaps: []).median == nil)
  }
}

extension GuardStateMachine {
  mutating func deletion(of message: RoutingMessage, by port: UInt32, at time: Int64) throws -> GuardAction {
    var message = message
    message.type = NetlinkMessageType(rawValue: message.type.rawValue + 1)
    message.port = port
    return try announcement(of: message, at: time)
  }

  mutating func announcement(of message: RoutingMessage, at time: Int64) throws -> GuardAction {
    try message.encoded().withUnsafeBytes { notified($0, at: time) }
  }
}

extension GuardAction {
  var requests: [GuardRequest] { if case .putBack(let requests) = self { requests } else { [] } }
}
