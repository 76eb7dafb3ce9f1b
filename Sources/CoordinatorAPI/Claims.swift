public import GateModel
public import Rollout

/// A node asks for a slot.
public struct ClaimRequest: Sendable, Hashable, Codable {
  public var rollout: RolloutID
  /// Exactly what the node would install.
  public var artifacts: [Artifact]

  public init(rollout: RolloutID, artifacts: [Artifact]) {
    self.rollout = rollout
    self.artifacts = artifacts
  }
}

public struct ClaimReply: Sendable, Hashable, Codable {
  public enum Answer: String, Sendable, Hashable, CaseIterable, Codable {
    /// The node may begin, after it has asked again right before dpkg.
    case grant
    /// The node has begun under this grant and has not said how it went.
    case underway
    case wait
    /// The node has the version.
    case settled
    /// Not now and not later, unless a person does something.
    case refuse
  }

  public var answer: Answer
  public var grant: Grant?
  public var phase: NodePhase?
  /// Why, one line each.
  public var reasons: [String]
  public var askAgain: Timestamp?

  public init(_ answer: ClaimAnswer) {
    reasons = []
    switch answer {
    case .grant(let grant):
      self.answer = .grant
      self.grant = grant
    case .underway(let grant):
      self.answer = .underway
      self.grant = grant
    case .wait(let waiting):
      self.answer = .wait
      reasons = waiting.reasons.map(\.description)
      askAgain = waiting.askAgain
    case .settled(let phase):
      self.answer = .settled
      self.phase = phase
    case .refuse(let refusal):
      self.answer = .refuse
      reasons = [refusal.description]
    }
  }
}

/// Right before dpkg: does the grant still stand?
public struct ConfirmRequest: Sendable, Hashable, Codable {
  public var rollout: RolloutID
  public var token: UInt64

  public init(rollout: RolloutID, token: UInt64) {
    self.rollout = rollout
    self.token = token
  }
}

public struct ConfirmReply: Sendable, Hashable, Codable {
  public enum Answer: String, Sendable, Hashable, CaseIterable, Codable { case go, stop }

  public var answer: Answer
  public var grant: Grant?
  public var reason: String?

  public init(_ answer: ConfirmAnswer) {
    switch answer {
    case .go(let grant):
      self.answer = .go
      self.grant = grant
    case .stop(let refusal):
      self.answer = .stop
      reason = refusal.description
    }
  }
}

/// How it went.
public struct ReportRequest: Sendable, Hashable, Codable {
  public enum Outcome: String, Sendable, Hashable, CaseIterable, Codable { case applied, healthy, failed, returned }

  public var rollout: RolloutID
  public var token: UInt64
  public var outcome: Outcome
  /// Needed where it failed or was given back.
  public var reason: String?

  public init(rollout: RolloutID, token: UInt64, outcome: Outcome, reason: String? = nil) {
    self.rollout = rollout
    self.token = token
    self.outcome = outcome
    self.reason = reason
  }

  public func report() throws(APIProblem) -> NodeReport {
    switch outcome {
    case .applied: return .applied
    case .healthy: return .healthy
    case .failed: return .failed(reason: try line())
    case .returned: return .returned(reason: try line())
    }
  }

  private func line() throws(APIProblem) -> String { try Reason.checked(reason) }
}

public struct ReportReply: Sendable, Hashable, Codable {
  public var phase: NodePhase

  public init(phase: NodePhase) { self.phase = phase }
}

/// The text that a person or a node gives with what it does.
public enum Reason {
  public static let longest = 1000

  /// `text` as far as a coordinator takes it.
  public static func cut(_ text: String) -> String {
    guard text.utf8.count > longest else { return text }
    var text = text
    while text.utf8.count > longest - 3 { text.removeLast() }
    return text + "..."
  }

  /// One line that is not empty and not too long.
  public static func checked(_ text: String?) throws(APIProblem) -> String {
    let line = (text ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !line.isEmpty, line.utf8.count <= longest else {
      throw APIProblem(.invalidRequest, "`reason` is 1 to \(longest) bytes of text")
    }
    return DisplayText.line(line)
  }
}

/// What an operator or an approver does with a rollout.
public struct OrderRequest: Sendable, Hashable, Codable {
  public var reason: String
  /// The ring that is promoted or approved.
  public var ring: String?
  /// The node that is skipped or tries again.
  public var node: String?

  public init(reason: String, ring: String? = nil, node: String? = nil) {
    self.reason = reason
    self.ring = ring
    self.node = node
  }
}
