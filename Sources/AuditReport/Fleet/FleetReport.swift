internal import GateModel

/// Everything that a report says about a fleet: the one value that every format is written from.
///
/// It rests on what nodes told, and on what the witness saw of their ledgers. What a node did not tell is not in the
/// figures, and the nodes that told nothing, or nothing of the whole period, are counted.
public struct FleetReport: Sendable {
  public var period: ReportPeriod
  public var summary = FleetReportSummary()
  /// Versions that were pending in the period, those that most nodes hold first.
  public var updates: [FleetUpdate] = []
  /// What each node holds at the end of the period.
  public var holds: [FleetHold] = []
  /// CVEs whose fix was pending in the period, those that most nodes are open to first.
  public var cves: [FleetCVE] = []
  /// Pending versions by day, summed over the nodes; empty if no node saw any.
  public var days: [ExposureDay] = []
  /// Approvals on nodes.
  public var approvals: [FleetApproval] = []
  /// What people did through the coordinator in the period, the newest first.
  public var deeds: [FleetDeed] = []
  public var vetoes: [FleetVeto] = []
  /// What each version did where it was applied.
  public var effects: [FleetUpdateEffect] = []
  /// Runs that did not complete, lost something of the network, or failed a probe.
  public var troubles: [FleetTransaction] = []
  /// Units whose restarts were owed in the period.
  public var restarts: [FleetRestart] = []
  /// Every node, those with an alarm first.
  public var nodes: [FleetNodeLine] = []

  init(period: ReportPeriod) { self.period = period }

  /// Whether nothing that is known contradicts the record: no alarm of the witness, no gap in what people did.
  public var isIntact: Bool { summary.alarms == 0 && summary.brokenDeeds == 0 }
}

/// The figures at the top of a fleet's report.
public struct FleetReportSummary: Sendable, Hashable {
  public var nodes = 0
  /// Nodes that told no history, and those whose history begins within the period.
  public var untold = 0
  public var partlyTold = 0
  /// Nodes that were not heard from in the hour before the report was made.
  public var quiet = 0
  /// Held versions over all nodes at the end of the period, and how many nodes hold any.
  public var held = 0
  public var heldSecurity = 0
  public var holdingNodes = 0
  /// Pending versions over all nodes, held or not.
  public var pending = 0
  public var unknownSecurity = 0
  public var unknownChangelog = 0
  /// CVEs of which a fix is pending on some node, and how many nodes have any such.
  public var openCVEs = 0
  public var exposedNodes = 0
  /// The longest that a security update has been pending on a node.
  public var longestSecurityExposure: Duration?
  public var approvals = 0
  public var approvalsUsed = 0
  public var vetoes = 0
  public var transactions = 0
  public var transactionsNotCompleted = 0
  public var lost = 0
  public var restored = 0
  public var missing = 0
  public var owedRestarts = 0
  /// Nodes whose ledgers continue what was seen, show less, contradict it, and those of which none was seen.
  public var consistent = 0
  public var behind = 0
  public var alarms = 0
  public var unseen = 0
  /// What people did through the coordinator, and records of it that do not follow the one before.
  public var deeds = 0
  public var brokenDeeds = 0
}
