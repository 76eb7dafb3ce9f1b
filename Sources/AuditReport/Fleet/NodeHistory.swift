public import GateModel

/// What a node's ledger comes to, as the node tells it to its fleet: enough for a report on the whole fleet, and bounded.
///
/// It holds moments, not durations, so that a report on an earlier moment is made of the same. It is the node's word: that
/// the ledger was not changed is for the witness to say.
public struct NodeHistory: Sendable, Hashable, Codable {
  public static let schema = "apt-gate/node-history/1"
  /// Bytes as JSON.
  public static let largest = 256 << 10
  public static let mostUpdates = 1000
  public static let mostRecords = 300
  /// Elements of a list within an element.
  public static let mostWords = 64
  /// Bytes of a text.
  public static let longestText = 1024

  public var schema: String
  /// When the node made it.
  public var made: Timestamp
  /// From when on it is whole; nil: from the ledger's first entry.
  public var since: Timestamp?
  /// Entries of the ledger that it was made of.
  public var entries: Int
  public var updates: [Update]
  public var approvals: [Approval]
  public var vetoes: [Veto]
  public var transactions: [Transaction]
  public var restarts: [Restart]

  public init(
    made: Timestamp, since: Timestamp? = nil, entries: Int, updates: [Update] = [], approvals: [Approval] = [],
    vetoes: [Veto] = [], transactions: [Transaction] = [], restarts: [Restart] = []
  ) {
    schema = Self.schema
    (self.made, self.since, self.entries) = (made, since, entries)
    (self.updates, self.approvals, self.vetoes) = (updates, approvals, vetoes)
    (self.transactions, self.restarts) = (transactions, restarts)
  }

  /// A version that was pending, held or not.
  public struct Update: Sendable, Hashable, Codable {
    public var source: String
    /// The installed version; nil if nothing of the source was installed, or no entry says.
    public var from: String?
    public var to: String
    /// nil: it was never waited for, or no entry says since when.
    public var firstSeen: Timestamp?
    /// A word of ``Exposure/End``.
    public var state: String
    public var ended: Timestamp?
    public var endedBy: String?
    /// nil where nobody knows.
    public var security: Bool?
    public var urgency: String?
    /// nil where the changelog was not at hand.
    public var cves: [String]?
    /// true where the changelog may name more of them.
    public var mayFixMore: Bool?
    /// In the order of time.
    public var holds: [Hold]
    /// Why, what clears it and whom it waits for: of what was held when this was made.
    public var message: String?
    public var clearsWhen: String?
    public var responsible: [String]?

    public init(
      source: String, from: String? = nil, to: String, firstSeen: Timestamp? = nil, state: String,
      ended: Timestamp? = nil, endedBy: String? = nil, security: Bool? = nil, urgency: String? = nil,
      cves: [String]? = nil, mayFixMore: Bool? = nil, holds: [Hold], message: String? = nil, clearsWhen: String? = nil,
      responsible: [String]? = nil
    ) {
      self.source = source
      self.from = from
      self.to = to
      self.firstSeen = firstSeen
      self.state = state
      self.ended = ended
      self.endedBy = endedBy
      self.security = security
      self.urgency = urgency
      self.cves = cves
      self.mayFixMore = mayFixMore
      self.holds = holds
      self.message = message
      self.clearsWhen = clearsWhen
      self.responsible = responsible
    }
  }

  /// A time without a break in which a version was held.
  public struct Hold: Sendable, Hashable, Codable {
    public var since: Timestamp
    public var until: Timestamp?
    public var verdict: String
    public var rules: [String]
    /// The sources whose holds keep it back; nil where its own verdict does.
    public var heldBy: [String]?

    public init(since: Timestamp, until: Timestamp? = nil, verdict: String, rules: [String], heldBy: [String]? = nil) {
      self.since = since
      self.until = until
      self.verdict = verdict
      self.rules = rules
      self.heldBy = heldBy
    }
  }

  /// A person's word on the node.
  public struct Approval: Sendable, Hashable, Codable {
    /// The entry of the ledger.
    public var entry: Int
    public var time: Timestamp
    /// nil if the entry does not say.
    public var person: String?
    public var people: [String]
    public var source: String
    public var version: String
    public var reason: String
    public var expires: Timestamp
    /// A word of ``ApprovalLine/Use``.
    public var state: String
    public var ended: Timestamp?
    /// The transaction that used it, or who took it back and why.
    public var endedBy: String?

    public init(
      entry: Int, time: Timestamp, person: String? = nil, people: [String], source: String, version: String,
      reason: String, expires: Timestamp, state: String, ended: Timestamp? = nil, endedBy: String? = nil
    ) {
      self.entry = entry
      self.time = time
      self.person = person
      self.people = people
      self.source = source
      self.version = version
      self.reason = reason
      self.expires = expires
      self.state = state
      self.ended = ended
      self.endedBy = endedBy
    }
  }

  /// A transaction that was refused.
  public struct Veto: Sendable, Hashable, Codable {
    public var time: Timestamp
    public var changes: [String]
    public var rules: [String]
    public var message: String

    public init(time: Timestamp, changes: [String], rules: [String], message: String) {
      self.time = time
      self.changes = changes
      self.rules = rules
      self.message = message
    }
  }

  /// A run of dpkg, a restart that settled what was owed, or network state that was put back outside of both.
  public struct Transaction: Sendable, Hashable, Codable {
    public var id: String
    /// A ``TransactionLine/Kind``.
    public var kind: String
    public var began: Timestamp
    public var ended: Timestamp?
    /// nil: no entry says how it ended.
    public var result: String?
    public var changes: [Change]
    public var units: [String]
    /// Predicted effects in words; nil: nothing was predicted, or it was not recorded.
    public var effects: [String]?
    /// What a restart of systemd-networkd was predicted to take away, in words; nil if nothing was predicted.
    public var predictedLoss: String?
    public var network: Network?
    public var failedProbes: [String]?
    public var message: String?

    public init(
      id: String, kind: String, began: Timestamp, ended: Timestamp? = nil, result: String? = nil, changes: [Change],
      units: [String], effects: [String]? = nil, predictedLoss: String? = nil, network: Network? = nil,
      failedProbes: [String]? = nil, message: String? = nil
    ) {
      self.id = id
      self.kind = kind
      self.began = began
      self.ended = ended
      self.result = result
      self.changes = changes
      self.units = units
      self.effects = effects
      self.predictedLoss = predictedLoss
      self.network = network
      self.failedProbes = failedProbes
      self.message = message
    }
  }

  public struct Change: Sendable, Hashable, Codable {
    public var source: String
    public var from: String?
    public var to: String?

    public init(source: String, from: String? = nil, to: String? = nil) {
      self.source = source
      self.from = from
      self.to = to
    }
  }

  /// What a transaction did to the network.
  public struct Network: Sendable, Hashable, Codable {
    public var lost: Int
    public var restored: Int
    public var missing: Int
    /// The first of those that are missing; nil where they were not told apart.
    public var missingObjects: [String]?

    public init(lost: Int, restored: Int, missing: Int, missingObjects: [String]? = nil) {
      self.lost = lost
      self.restored = restored
      self.missing = missing
      self.missingObjects = missingObjects
    }
  }

  /// A restart that a shield refused.
  public struct Restart: Sendable, Hashable, Codable {
    public var unit: String
    public var since: Timestamp
    public var sources: [String]
    public var settled: Timestamp?
    /// A word of ``OwedRestartLine/How``.
    public var how: String?

    public init(unit: String, since: Timestamp, sources: [String], settled: Timestamp? = nil, how: String? = nil) {
      self.unit = unit
      self.since = since
      self.sources = sources
      self.settled = settled
      self.how = how
    }
  }
}
