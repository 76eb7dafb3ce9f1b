import Glibc
public import NetworkState

/// Carries out a ``RestorePlan``.
public struct SnapshotRestorer: Sendable {
  /// An object that the kernel did not take.
  public struct Refusal: Sendable, Hashable {
    public var step: RestorePlan.Step
    public var errno: Int32
    /// The kernel's reason, or the errno's text.
    public var reason: String
  }

  public struct Report: Sendable, Hashable {
    /// How many objects are as they should be that were not.
    public var restoredCount = 0
    /// How many the kernel had made or taken away itself meanwhile, such as the route to a network with its address.
    public var presentCount = 0
    public var refusals: [Refusal] = []
  }

  private let namespace: String?

  public init(namespace: String? = nil) { self.namespace = namespace }

  /// Carries out plans until nothing is left to do: an address that is gone takes routes with it that no plan made before
  /// could know of, and the kernel makes some objects itself.
  ///
  /// `makePlan` is asked for a plan each time, from the state then. Calls `progress` with how many requests of the first
  /// plan were answered. Throws as ``restore(_:by:progress:)``. The report's refusals are those of the last plan.
  public func bringBack(
    by deadline: Deadline, progress: (Int) -> Void = { _ in }, _ makePlan: (NetworkSnapshot) -> RestorePlan
  ) throws(NetworkSystemError) -> Outcome {
    let reader = SnapshotReader(namespace: namespace)
    let current = try reader.read(by: deadline).snapshot
    var outcome = Outcome(plan: makePlan(current), current: current)
    var isFirst = true
    for _ in 0..<Self.rounds where !outcome.plan.steps.isEmpty {
      let report = try restore(outcome.plan, by: deadline) { if isFirst { progress($0) } }
      isFirst = false
      outcome.add(report)
      outcome.current = try reader.read(by: deadline).snapshot
      outcome.plan = makePlan(outcome.current)
      if report.restoredCount == 0 { break }
    }
    return outcome
  }

  /// How often a plan is made again. The second finds what went with addresses, the third that nothing is left.
  private static let rounds = 4

  /// What became of a restoration.
  public struct Outcome: Sendable {
    /// What would still be to do, and what is left alone.
    public var plan: RestorePlan
    /// The state that ``plan`` is from.
    public var current: NetworkSnapshot
    public var report = Report()

    public init(plan: RestorePlan, current: NetworkSnapshot) {
      self.plan = plan
      self.current = current
    }

    fileprivate mutating func add(_ other: Report) {
      report.restoredCount += other.restoredCount
      report.presentCount += other.presentCount
      report.refusals = other.refusals
    }
  }

  /// Asks for every object in the plan's order. What the kernel refuses is asked for again while others succeed,
  /// because it may hang on them.
  ///
  /// Throws `noNamespace`, `notPermitted`, `kernel` or `deadline`; refusals of single objects are in the report.
  public func restore(
    _ plan: RestorePlan, by deadline: Deadline, progress: (Int) -> Void = { _ in }
  ) throws(NetworkSystemError) -> Report {
    let socket = try NetlinkSocket(namespace: namespace)
    var report = Report()
    var waiting = plan.steps
    var isProgress = true
    while !waiting.isEmpty, isProgress {
      let before = waiting.count
      report.refusals = []
      for step in waiting {
        try carryOut(step, on: socket, by: deadline, &report)
        progress(report.restoredCount + report.presentCount + report.refusals.count)
      }
      waiting = report.refusals.map(\.step)
      isProgress = waiting.count < before
    }
    return report
  }

  private func carryOut(
    _ step: RestorePlan.Step, on socket: NetlinkSocket, by deadline: Deadline, _ report: inout Report
  ) throws(NetworkSystemError) {
    let answer = try socket.request(step.request, by: deadline)
    switch answer.errno {
    case 0: report.restoredCount += 1
    case EEXIST where step.action == .add: report.presentCount += 1
    case ENOENT, ESRCH, EADDRNOTAVAIL:
      // What was to be deleted went with something else.
      if step.action == .delete { report.presentCount += 1 } else { report.refuse(step, answer) }
    case EPERM:
      throw NetworkSystemError(.notPermitted, "the kernel does not let this process change the network")
    default: report.refuse(step, answer)
    }
  }
}

extension SnapshotRestorer.Report {
  fileprivate mutating func refuse(_ step: RestorePlan.Step, _ answer: NetlinkAcknowledgement) {
    let reason = answer.message ?? String(cString: strerror(answer.errno))
    refusals.append(SnapshotRestorer.Refusal(step: step, errno: answer.errno, reason: reason))
  }
}

extension NetlinkSocket {
  /// Sends a request and waits for the kernel's answer to it.
  func request(
    _ message: RoutingMessage, by deadline: Deadline
  ) throws(NetworkSystemError) -> NetlinkAcknowledgement {
    var message = message
    message.sequence = nextSequence()
    let bytes: [UInt8]
    do {
      bytes = try message.encoded()
    } catch {
      throw NetworkSystemError(.kernel, "cannot ask for the \(message.fixed.kind.rawValue): \(error)")
    }
    try send(bytes)
    while true {
      let answer = try receive(by: deadline) { NetlinkAcknowledgement($0, to: message.sequence) }
      if let answer { return answer }
    }
  }
}
