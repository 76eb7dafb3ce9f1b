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
    /// How many objects are there that were not.
    public var restoredCount = 0
    /// How many the kernel had made itself meanwhile, such as the route to a network with its address.
    public var presentCount = 0
    public var refusals: [Refusal] = []
  }

  private let namespace: String?

  public init(namespace: String? = nil) { self.namespace = namespace }

  /// Asks for every object in the plan's order. What the kernel refuses is asked for again while others succeed,
  /// because it may hang on them.
  ///
  /// Throws `noNamespace`, `notPermitted`, `kernel` or `deadline`; refusals of single objects are in the report.
  public func restore(_ plan: RestorePlan, by deadline: Deadline) throws(NetworkSystemError) -> Report {
    let socket = try NetlinkSocket(namespace: namespace)
    var report = Report()
    var waiting = plan.steps
    var isProgress = true
    while !waiting.isEmpty, isProgress {
      let before = waiting.count
      report.refusals = []
      for step in waiting { try carryOut(step, on: socket, by: deadline, &report) }
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
    case EEXIST: report.presentCount += 1
    case EPERM:
      throw NetworkSystemError(.notPermitted, "the kernel does not let this process change the network; run as root")
    default:
      let reason = answer.message ?? String(cString: strerror(answer.errno))
      report.refusals.append(Refusal(step: step, errno: answer.errno, reason: reason))
    }
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
