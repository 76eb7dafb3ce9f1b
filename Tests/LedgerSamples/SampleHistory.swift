public import GateModel
public import LedgerLog

/// What a ledger says, with the time of each entry and who caused it.
public struct SampleHistory: Sendable {
  public struct Line: Sendable {
    public var time: Timestamp
    public var actor: LedgerActor?
    public var body: LedgerBody
  }

  public static let start = Timestamp(secondsSinceEpoch: 1_785_564_000)
  public static let digest = "sha256:4f1c0b7d9a52"

  public private(set) var lines: [Line] = []
  public var node = "node-7.example"

  public init(lines: [Line] = []) { self.lines = lines }

  /// The moment `days` after the start.
  public static func day(_ days: Double) -> Timestamp { start.advanced(by: .seconds(Int64(days * 86_400))) }

  public mutating func add(_ days: Double, _ body: LedgerBody, by actor: LedgerActor? = nil) {
    lines.append(Line(time: Self.day(days), actor: actor, body: body))
  }

  /// The same as entries.
  public var entries: [LedgerEntry] {
    lines.enumerated().map { index, line in
      LedgerEntry(sequence: index, time: line.time, node: node, actor: line.actor, body: line.body)
    }
  }

  /// How many entries there are: the sequence of the next.
  public var count: Int { lines.count }

  public static func person(_ name: String, uid: Int = 1000) -> LedgerActor {
    LedgerActor(name: name, uid: uid, basis: .sudo)
  }

  /// A change of one binary package with the source's name.
  public static func change(
    _ source: String, _ from: String?, _ to: String?, security: Bool? = true, action: ChangeAction = .upgrade,
    fixes changelog: ChangelogRecord? = nil
  ) -> ChangeRecord {
    ChangeRecord(
      source: source, action: action, from: from, to: to,
      packages: [PackageRecord(name: source, architecture: "amd64", from: from, to: to)], isSecurity: security,
      changelog: changelog)
  }

  public mutating func see(_ days: Double, _ source: String, _ version: String, origins: [String]) {
    add(days, .firstSeen(FirstSeenRecord(source: source, version: version, origins: origins)))
  }

  public mutating func sync(
    _ days: Double, _ versions: [String], pinned: [String] = [], companions: [CompanionRecord] = [],
    keptBack: [KeptBackRecord] = [], problems: [String] = []
  ) {
    add(
      days,
      .sync(
        SyncRecord(
          policyDigest: Self.digest, pending: versions.count, pinned: pinned, problems: problems, mode: .enforce,
          versions: versions, companions: companions, keptBack: keptBack)))
  }

  public mutating func begin(_ days: Double, _ transaction: String, _ changes: [ChangeRecord], shielding: [String] = [])
  {
    add(
      days,
      .transactionIntent(
        TransactionIntent(
          transaction: transaction, part: 1, parts: 1, command: "unattended-upgrade-\(transaction)",
          policyDigest: Self.digest, changes: changes, shieldedUnits: shielding)))
  }

  public mutating func end(
    _ days: Double, _ transaction: String, _ result: RunResult = .completed, network: NetworkRecord? = nil,
    message: String? = nil
  ) {
    add(
      days,
      .transactionOutcome(
        TransactionOutcome(transaction: transaction, result: result, message: message, network: network)))
  }
}
