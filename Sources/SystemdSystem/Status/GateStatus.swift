public import GateModel

/// What people and monitoring see of the gate at a glance.
public struct GateStatus: Sendable, Hashable {
  /// A change that stays out for now.
  public struct Hold: Sendable, Hashable {
    public var source: String
    public var rules: [String]
    public var since: Timestamp?

    public init(source: String, rules: [String], since: Timestamp?) {
      self.source = source
      self.rules = rules
      self.since = since
    }
  }

  /// How apt's last run under the gate ended.
  public enum RunResult: String, Sendable, Hashable, CaseIterable {
    case done, vetoed, failed, interrupted
  }

  public var held: [Hold]
  public var owed: [OwedRestart]
  public var lastRun: (result: RunResult, at: Timestamp)? { run.map { ($0.result, $0.at) } }
  private var run: Run?
  /// Objects of the network since the gate was installed, by kind, such as `route`.
  public var networkLost: [String: Int]
  public var networkRestored: [String: Int]

  private struct Run: Hashable {
    var result: RunResult
    var at: Timestamp
  }

  public init(
    held: [Hold] = [], owed: [OwedRestart] = [], lastRun: (result: RunResult, at: Timestamp)? = nil,
    networkLost: [String: Int] = [:], networkRestored: [String: Int] = [:]
  ) {
    self.held = held
    self.owed = owed
    run = lastRun.map { Run(result: $0.result, at: $0.at) }
    self.networkLost = networkLost
    self.networkRestored = networkRestored
  }
}
