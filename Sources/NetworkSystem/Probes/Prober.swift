import Glibc
public import NetworkState

/// Asks probe targets, all at once, by one deadline.
public struct Prober: Sendable {
  /// How long an answer to a single packet is waited for before it is asked again: one may be lost. RFC 792 names no
  /// time; this is about what a busy switch needs to learn an address.
  private static let patience = Duration.milliseconds(300)

  private let namespace: String?

  /// For the namespace at a path such as `/run/netns/NAME`; nil is the namespace of this process.
  public init(namespace: String? = nil) { self.namespace = namespace }

  /// One question under way. The gateway target has one for each gateway, and is alive when all of them are.
  private struct Question {
    var target: Int
    var probe: ActiveProbe
    var asked: ContinuousClock.Instant
  }

  /// Whether each target answers, in their order. Never takes longer than the deadline; what has not answered by then is
  /// dead. Throws `noNamespace`, `notPermitted` or `kernel`.
  public func run(_ targets: [ProbeTarget], by deadline: Deadline) throws(NetworkSystemError) -> [ProbeResult] {
    let start = ContinuousClock.now
    var results = targets.map { ProbeResult(target: $0) }
    var questions: [Question] = []
    for (place, target) in targets.enumerated() {
      let probes = try probes(for: target, by: deadline)
      if probes.isEmpty { results[place].failure = Self.reasonForNone(target) }
      for probe in probes {
        let question = Question(target: place, probe: probe, asked: .now)
        if !settle(question, probe.ask(), &results, start) { questions.append(question) }
      }
    }
    while !questions.isEmpty, !deadline.isOver { turn(&questions, &results, start, deadline) }
    for question in questions {
      results[question.target].failure = "no answer by the deadline"
      results[question.target].duration = .now - start
    }
    return results
  }

  /// Waits until a socket is ready or it is time to ask again.
  private func turn(
    _ questions: inout [Question], _ results: inout [ProbeResult], _ start: ContinuousClock.Instant,
    _ deadline: Deadline
  ) {
    var wanted = questions.map { pollfd(fd: $0.probe.descriptor, events: $0.probe.wanted, revents: 0) }
    let patience = Deadline.after(Self.patience).milliseconds
    guard poll(&wanted, nfds_t(wanted.count), min(patience, deadline.milliseconds)) >= 0 else { return }
    var rest: [Question] = []
    for (place, question) in questions.enumerated() {
      var question = question
      var progress = wanted[place].revents != 0 ? question.probe.ready() : .waiting
      if case .waiting = progress, question.asked + Self.patience <= .now {
        progress = question.probe.ask()
        question.asked = .now
      }
      if !settle(question, progress, &results, start) { rest.append(question) }
    }
    questions = rest
  }

  /// Notes what is known; false if nothing is yet.
  private func settle(
    _ question: Question, _ progress: ActiveProbe.Progress, _ results: inout [ProbeResult],
    _ start: ContinuousClock.Instant
  ) -> Bool {
    switch progress {
    case .waiting: return false
    case .alive: break
    case .dead(let reason): results[question.target].failure = reason
    }
    results[question.target].duration = .now - start
    return true
  }

  private func probes(for target: ProbeTarget, by deadline: Deadline) throws(NetworkSystemError) -> [ActiveProbe] {
    switch target {
    case .tcp(let address, let port): return [try StreamProbe(address, port: port, namespace: namespace)]
    case .http(let address, let port, let path, let status):
      return [try StreamProbe(address, port: port, path: path, status: status, namespace: namespace)]
    case .icmp(let address): return [try EchoProbe(address, namespace: namespace)]
    case .dns(let name, let server, let port):
      guard let question = DNSQuestion(name: name) else { return [] }
      return [try NameServerProbe(question, server: server, port: port, namespace: namespace)]
    case .neighbour(let address):
      return try neighbourProbes(NextHopReader(namespace: namespace).neighbours(at: address, by: deadline))
    case .gateway: return try neighbourProbes(NextHopReader(namespace: namespace).defaultGateways(by: deadline))
    }
  }

  private func neighbourProbes(_ neighbours: [NextHopReader.Neighbour]) throws(NetworkSystemError) -> [ActiveProbe] {
    var probes: [ActiveProbe] = []
    for neighbour in neighbours {
      probes.append(
        try NeighbourProbe(neighbour.address, on: neighbour.link, own: neighbour.own, namespace: namespace))
    }
    return probes
  }

  private static func reasonForNone(_ target: ProbeTarget) -> String {
    switch target {
    case .neighbour: "no address of this node is in its network"
    case .dns(let name, _, _): "`\(name)` is no name"
    default: "there is no default gateway"
    }
  }
}
