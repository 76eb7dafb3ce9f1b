public import GateModel
public import Rollout

/// What a node says of itself, every few minutes.
public struct CheckInRequest: Sendable, Hashable, Codable {
  public var labels: [String: String]
  /// Why the node is not well, in one line; absent if it is.
  public var problem: String?
  /// Rollouts that the node takes part in.
  public var rollouts: [RolloutWord]
  /// Absent where the node only says that it is there: what it said last stays.
  public var summary: NodeSummary?
  /// What the witness is to sign; absent from nodes without a ledger.
  public var ledger: LedgerOffer?

  public init(
    labels: [String: String], problem: String? = nil, rollouts: [RolloutWord] = [], summary: NodeSummary? = nil,
    ledger: LedgerOffer? = nil
  ) {
    self.labels = labels
    self.problem = problem
    self.rollouts = rollouts
    self.summary = summary
    self.ledger = ledger
  }

  public static let mostLabels = 64
  public static let mostRollouts = 256
  public static let longestText = 512

  public var invalid: APIProblem? {
    let texts = labels.flatMap { [$0.key, $0.value] } + [problem ?? ""]
    guard labels.count <= Self.mostLabels, rollouts.count <= Self.mostRollouts else {
      return APIProblem(.invalidRequest, "over \(Self.mostLabels) labels or \(Self.mostRollouts) rollouts")
    }
    guard texts.allSatisfy({ $0.utf8.count <= Self.longestText }), labels.keys.allSatisfy({ !$0.isEmpty }) else {
      return APIProblem(.invalidRequest, "a label or the problem is empty or over \(Self.longestText) bytes long")
    }
    if let problem = summary?.account?.problem ?? ledger?.problem { return APIProblem(.invalidRequest, problem) }
    return nil
  }
}

/// What a node says of one rollout when it checks in.
public struct RolloutWord: Sendable, Hashable, Codable {
  public enum State: String, Sendable, Hashable, CaseIterable, Codable {
    /// It has the version and is well.
    case healthy
    /// The version does not concern it.
    case unaffected
  }

  public var rollout: RolloutID
  public var state: State
  /// For how long it has been well with the version, by its own clock.
  public var healthySeconds: Int64?

  public init(rollout: RolloutID, state: State, healthySeconds: Int64? = nil) {
    self.rollout = rollout
    self.state = state
    self.healthySeconds = healthySeconds
  }
}

/// The node in brief, for operators and auditors.
public struct NodeSummary: Sendable, Hashable, Codable {
  public struct Held: Sendable, Hashable, Codable {
    public var source: String
    public var version: String
    public var verdict: String
    public var message: String
    public var since: Timestamp?

    public init(source: String, version: String, verdict: String, message: String, since: Timestamp?) {
      self.source = source
      self.version = version
      self.verdict = verdict
      self.message = message
      self.since = since
    }
  }

  /// The version of apt-gate on the node.
  public var gate: String?
  public var distribution: String?
  public var release: String?
  public var architecture: String?
  public var kernel: String?
  /// What is held, and every change that is staged.
  public var held: [Held]
  public var owedRestarts: [String]
  /// The last checkpoint of the ledger, as text: an auditor compares it with what the node shows later.
  public var checkpoint: String?
  /// What the ledger has of late; absent from nodes that are older than this.
  public var account: NodeAccount?

  public init(
    gate: String? = nil, distribution: String? = nil, release: String? = nil, architecture: String? = nil,
    kernel: String? = nil, held: [Held] = [], owedRestarts: [String] = [], checkpoint: String? = nil,
    account: NodeAccount? = nil
  ) {
    self.gate = gate
    self.distribution = distribution
    self.release = release
    self.architecture = architecture
    self.kernel = kernel
    self.held = held
    self.owedRestarts = owedRestarts
    self.checkpoint = checkpoint
    self.account = account
  }
}

public struct CheckInAnswer: Sendable, Hashable, Codable {
  public struct Phase: Sendable, Hashable, Codable {
    public var rollout: RolloutID
    public var phase: NodePhase

    public init(rollout: RolloutID, phase: NodePhase) {
      self.rollout = rollout
      self.phase = phase
    }
  }

  public var phases: [Phase]
  /// Rollouts that go on: a node that one does not concern says so when it checks in next.
  public var active: [RolloutID]
  /// The version of the policy bundle in force; absent if none was published.
  public var policyBundle: Int?
  /// What the witness did; absent where it was offered nothing, or could not be asked.
  public var ledger: LedgerAnswer?

  public init(phases: [Phase], active: [RolloutID], policyBundle: Int? = nil, ledger: LedgerAnswer? = nil) {
    self.phases = phases
    self.active = active
    self.policyBundle = policyBundle
    self.ledger = ledger
  }
}
