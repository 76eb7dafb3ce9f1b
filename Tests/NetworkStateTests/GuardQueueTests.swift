import NetworkState
import Testing

@Suite struct GuardQueueTests {
  private typealias Make = RouteMaker

  private let messages = [
    Make.link(2, "eth0"), Make.address("198.18.0.2/24", dev: 2), Make.nexthop(5, dev: 2), Make.rule(100),
  ]

  private func routes() throws -> [RoutingMessage] {
    try [
      Make.route("198.19.1.0/24", dev: 2, via: "198.20.0.1"), Make.route("198.20.0.0/24", dev: 2),
      Make.route("198.19.2.0/24", dev: 2, via: "198.20.0.1"),
    ]
  }

  private func machine() throws -> GuardStateMachine {
    GuardStateMachineTests.machine(try NetworkSnapshot(messages + routes()), expected: .none)
  }

  private func names(_ requests: [GuardRequest]) -> [String] { requests.map { "\($0.object.kind) \($0.object.place)" } }

  /// What others hang on comes first, however late it was asked for, and each object once.
  @Test func anAddressOvertakesRoutes() throws {
    var machine = try machine()
    var queue = GuardQueue()
    for message in try routes() {
      queue.add(try machine.deletion(of: message, by: GuardStateMachineTests.networkd, at: 1).requests)
    }
    queue.add(try machine.deletion(of: messages[1], by: GuardStateMachineTests.networkd, at: 2).requests)
    #expect(names(queue.next(2, limit: 1 << 15)) == ["address 0", "route 1"])
    #expect(!queue.isEmpty && names(queue.next(8, limit: 1 << 15)) == ["route 0", "route 2"])
    #expect(queue.isEmpty && queue.next(8, limit: 1 << 15).isEmpty)
  }

  @Test func aDatagramHasALimitAndIsNeverEmpty() throws {
    var machine = try machine()
    var queue = GuardQueue()
    for message in try routes() {
      queue.add(try machine.deletion(of: message, by: GuardStateMachineTests.networkd, at: 1).requests)
    }
    #expect(queue.next(8, limit: 0).count == 1)
    queue.add(try machine.deletion(of: routes()[1], by: GuardStateMachineTests.networkd, at: 2).requests)
    #expect(names(queue.next(8, limit: 1 << 15)) == ["route 1", "route 0", "route 2"])
  }

  /// Where the route to a gateway comes only after the route through it was refused.
  @Test func aRouteToAGatewayBringsBackWhatWaitsForIt() throws {
    var machine = try machine()
    let routes = try routes()
    for place in [0, 2] {
      _ = try machine.deletion(of: routes[place], by: GuardStateMachineTests.networkd, at: 1)
      #expect(machine.answered([GuardAnswer(GuardedObject(.route, place), errno: 101, at: 2)], at: 2) == .nothing)
    }
    _ = try machine.deletion(of: routes[1], by: GuardStateMachineTests.networkd, at: 3)
    let again = machine.answered([GuardAnswer(GuardedObject(.route, 1), errno: 0, at: 4)], at: 4)
    #expect(names(again.requests) == ["route 0", "route 2"])
  }

  /// It goes through every kind, and nothing of it is left.
  @Test func aRehearsalChangesNothing() throws {
    var machine = try machine()
    #expect(Set(machine.rehearsed().map(\.object.kind)) == [.address, .nexthop, .route, .rule])
    #expect(machine.events.isEmpty && !machine.isAtWork)
    let requests = try machine.deletion(of: messages[3], by: GuardStateMachineTests.networkd, at: 1).requests
    #expect(names(requests) == ["rule 0"] && machine.events.map(\.kind) == [.putBack])
    #expect(GuardStateMachine(baseline: NetworkSnapshot()).rehearsed().isEmpty)
  }
}
