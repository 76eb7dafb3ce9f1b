@testable import NetworkState
@testable import NetworkSystem

@testable import apt_gate

/// A guard's report with an event of every kind, made by hand.
enum SampleGuardReport {
  static let document = GuardDocument(report: report, command: ["systemctl", "restart", "x"], ending: .exited(0))

  private static let message = RoutingMessage(
    type: .newRoute,
    fixed: .route(RouteHeader(family: 2, destinationLength: 24, table: 254, protocol: 80, type: 1)),
    attributes: [
      NetlinkAttribute(type: RouteAttribute.table.rawValue, value: .uint32(254)),
      NetlinkAttribute(
        type: RouteAttribute.destination.rawValue, value: .ipAddress(IPAddress(ipv4: 0xC613_0000))),
    ])

  static let report: GuardReport = {
    var baseline = NetworkSnapshot()
    if let bytes = try? message.encoded(), let table = try? MessageTable(adopting: bytes) { baseline[.route] = table }
    let route = GuardedObject(.route, 0)
    let events = GuardEvent.Kind.allCases.enumerated().map { place, kind in
      GuardEvent(
        kind: kind, time: Int64(place * 100), object: kind == .overrun ? nil : route, port: 1,
        process: kind == .leftToOthers ? "flanneld" : nil, delay: kind == .returned ? 85 : nil,
        reason: kind == .refused ? "Network is unreachable" : nil)
    }
    let step = RestorePlan.Step(action: .add, kind: .route, place: 0, request: message)
    return GuardReport(
      baseline: baseline, final: NetworkSnapshot(), events: events, started: 0, workEnded: 900, ended: 2000,
      restoredCount: 1, refusals: [.init(step: step, errno: 101, reason: "Network is unreachable")],
      missing: [route], drift: Drift(from: baseline, to: NetworkSnapshot()), notes: ["memory is not locked: no"],
      isSettled: false)
  }()

  static let probes = ProbeDocument(
    plan: ProbePlan(targets: [.gateway], needed: 1),
    results: [
      ProbeResult(target: .gateway, duration: .microseconds(120)),
      ProbeResult(target: .icmp(IPAddress(ipv4: 0xC612_0001)), failure: "no answer by the deadline"),
    ], objections: [.singleTarget(.gateway)])
}
