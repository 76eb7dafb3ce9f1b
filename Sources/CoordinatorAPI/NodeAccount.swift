public import GateModel

/// What a node tells of its ledger when it checks in, so that an operator or auditor need not log in to it. Each list is
/// the newest of what the ledger has, and bounded.
public struct NodeAccount: Sendable, Hashable, Codable {
  public static let mostDecisions = 100
  public static let mostTransactions = 20
  /// Names of network objects in one transaction.
  public static let mostObjects = 16

  /// The last decision on each version that is pending.
  public var decisions: [Decision]
  /// The last runs of dpkg and restarts, the newest first.
  public var transactions: [Transaction]
  public var owedRestarts: [OwedRestart]
  public var ledger: Ledger?

  public init(
    decisions: [Decision] = [], transactions: [Transaction] = [], owedRestarts: [OwedRestart] = [],
    ledger: Ledger? = nil
  ) {
    self.decisions = decisions
    self.transactions = transactions
    self.owedRestarts = owedRestarts
    self.ledger = ledger
  }

  /// Why nobody may take it; nil if nothing is wrong.
  public var problem: String? {
    guard decisions.count <= Self.mostDecisions, transactions.count <= Self.mostTransactions,
      transactions.allSatisfy({ $0.network.map { $0.objects.count <= Self.mostObjects } ?? true })
    else { return "the account has over \(Self.mostDecisions) decisions or \(Self.mostTransactions) transactions" }
    return nil
  }

  /// A decision as the ledger has it.
  public struct Decision: Sendable, Hashable, Codable {
    public var source: String
    /// nil if nothing of the source was installed.
    public var from: String?
    /// nil for a removal.
    public var to: String?
    public var verdict: String
    public var rules: [String]
    public var message: String?
    public var clearsWhen: String?
    /// nil where nobody knows.
    public var security: Bool?
    /// nil where the changelog was not at hand.
    public var cves: [String]?
    public var responsible: [String]
    /// nil where they were not recorded.
    public var effects: [Effect]?
    public var decided: Timestamp

    public init(
      source: String, from: String?, to: String?, verdict: String, rules: [String], message: String?,
      clearsWhen: String?, security: Bool?, cves: [String]?, responsible: [String], effects: [Effect]?,
      decided: Timestamp
    ) {
      self.source = source
      self.from = from
      self.to = to
      self.verdict = verdict
      self.rules = rules
      self.message = message
      self.clearsWhen = clearsWhen
      self.security = security
      self.cves = cves
      self.responsible = responsible
      self.effects = effects
      self.decided = decided
    }
  }

  /// One predicted effect.
  public struct Effect: Sendable, Hashable, Codable {
    public var kind: String
    public var unit: String?
    public var verb: String?
    public var certainty: String
    public var basis: String

    public init(kind: String, unit: String?, verb: String?, certainty: String, basis: String) {
      self.kind = kind
      self.unit = unit
      self.verb = verb
      self.certainty = certainty
      self.basis = basis
    }
  }

  /// A run of dpkg, or a restart that settled what was owed.
  public struct Transaction: Sendable, Hashable, Codable {
    public var id: String
    public var began: Timestamp
    public var ended: Timestamp?
    /// nil: no entry says how it ended.
    public var result: String?
    public var message: String?
    /// What it changed, as `SOURCE FROM → TO`, or the units that it restarted.
    public var subjects: [String]
    public var network: Network?

    public init(
      id: String, began: Timestamp, ended: Timestamp? = nil, result: String? = nil, message: String? = nil,
      subjects: [String], network: Network? = nil
    ) {
      self.id = id
      self.began = began
      self.ended = ended
      self.result = result
      self.message = message
      self.subjects = subjects
      self.network = network
    }
  }

  /// What a transaction did to the network.
  public struct Network: Sendable, Hashable, Codable {
    public var lost: Int
    public var restored: Int
    public var missing: Int
    /// The first of those that were lost, in `ip`'s words.
    public var objects: [String]
    /// Which of them are missing; nil where they were not told apart.
    public var missingObjects: [String]?

    public init(lost: Int, restored: Int, missing: Int, objects: [String], missingObjects: [String]?) {
      self.lost = lost
      self.restored = restored
      self.missing = missing
      self.objects = objects
      self.missingObjects = missingObjects
    }
  }

  /// A restart that a shield refused and nobody has settled.
  public struct OwedRestart: Sendable, Hashable, Codable {
    public var unit: String
    public var since: Timestamp
    public var sources: [String]

    public init(unit: String, since: Timestamp, sources: [String]) {
      self.unit = unit
      self.since = since
      self.sources = sources
    }
  }

  /// The ledger itself.
  public struct Ledger: Sendable, Hashable, Codable {
    /// Its verifier key, as docs/protocols/ledger.md has it.
    public var key: String
    public var entries: Int
    /// When its last entry was made.
    public var last: Timestamp?

    public init(key: String, entries: Int, last: Timestamp?) {
      self.key = key
      self.entries = entries
      self.last = last
    }
  }
}
