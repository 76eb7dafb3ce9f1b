public import GateModel

/// Everything that a report says about one node: the one value that every format is written from.
///
/// It holds what packages and people wrote, as they wrote it; each format makes that harmless in its own way. What the
/// ledger does not say is nil, and is written as unknown.
public struct NodeReport: Sendable, Hashable {
  /// The node's name, as the last entry has it; nil if there is no entry.
  public var node: String?
  public var period: ReportPeriod
  public var summary = ReportSummary()
  /// What is held at the end of the period, the longest held first.
  public var held: [HeldUpdate] = []
  /// What apt itself keeps back, by the last sync of the period.
  public var keptBack: [KeptBackUpdate] = []
  /// Versions that were pending in the period, the longest exposed first.
  public var exposures: [Exposure] = []
  /// CVEs whose fix was pending in the period, the longest exposed first.
  public var cves: [CVEExposure] = []
  /// How many versions were pending on each day of the period.
  public var days: [ExposureDay] = []
  /// Approvals that were given, in force, used or taken back in the period.
  public var approvals: [ApprovalLine] = []
  /// Transactions that were refused in the period.
  public var vetoes: [VetoLine] = []
  /// Runs of dpkg, and restarts that settled what was owed, in the period.
  public var transactions: [TransactionLine] = []
  /// Restarts that were owed in the period.
  public var restarts: [OwedRestartLine] = []
  /// The policies and modes that were in force, as far as entries tell.
  public var policies: [PolicySpan] = []
  /// What could not be done, by the syncs of the period: the last ones.
  public var problems: [SyncProblemLine] = []
  public var verification: ReportVerification?

  public init(period: ReportPeriod) { self.period = period }
}

/// What a report is about: from `since`, if it is given, to `until`.
public struct ReportPeriod: Sendable, Hashable {
  /// nil: from the first entry.
  public var since: Timestamp?
  /// Entries of this time or later do not count.
  public var until: Timestamp
  /// When the report was made.
  public var made: Timestamp

  public init(since: Timestamp? = nil, until: Timestamp, made: Timestamp) {
    self.since = since
    self.until = until
    self.made = made
  }

  func contains(_ time: Timestamp) -> Bool { time < until && since.map { time >= $0 } ?? true }

  /// Whether something that lasted from `start` to `end` (nil: to now) falls into it.
  func touches(_ start: Timestamp, _ end: Timestamp?) -> Bool {
    start < until && (end.map { end in since.map { end >= $0 } ?? true } ?? true)
  }
}

/// The figures at the top of a report.
public struct ReportSummary: Sendable, Hashable {
  /// Entries of the whole ledger, and of them in the period.
  public var entries = 0
  public var entriesInPeriod = 0
  public var held = 0
  /// Of what is held: security updates for certain.
  public var heldSecurity = 0
  /// Versions that were pending at the end of the period, held or not.
  public var pending = 0
  /// CVEs whose fix was pending then.
  public var openCVEs = 0
  /// The longest that a pending security update has been open.
  public var longestSecurityExposure: Duration?
  public var approvals = 0
  public var approvalsUsed = 0
  public var transactions = 0
  /// Of the transactions: those with another result than `completed`, or none.
  public var transactionsNotCompleted = 0
  public var vetoes = 0
  /// Objects of the network over all transactions.
  public var lost = 0
  public var restored = 0
  public var missing = 0
  public var owedRestarts = 0
  /// Pending versions of which nobody knows whether they are security updates, and those without a changelog.
  public var unknownSecurity = 0
  public var unknownChangelog = 0

  public init() {}
}
