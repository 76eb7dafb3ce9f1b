public import GateModel

/// A version over the nodes that saw it.
public struct FleetUpdate: Sendable, Hashable {
  public var source: String
  public var version: String
  /// Nodes by what became of it at the end of the period; together all that saw it.
  public var open = 0
  public var held = 0
  public var applied = 0
  public var ended = 0
  /// Nodes that held it at any time of the period.
  public var everHeld = 0
  /// The strictest verdict that holds it, and the rules that did at any time.
  public var verdict: Verdict?
  public var rules: [String] = []
  public var responsible: [String] = []
  /// As the first node that holds it says.
  public var message: String?
  public var clearsWhen: String?
  public var heldSince: Timestamp?
  /// Some of the nodes that hold it.
  public var holders: [String] = []
  /// Whether a node knows it to be a security update; nil where none knows.
  public var security: Bool?
  public var urgency: String?
  /// nil where no node had its changelog at hand.
  public var cves: [String]?
  public var mayFixMore = false
  public var firstSeen: Timestamp?
  /// From first seen to its end: over the nodes that waited for it.
  public var medianOpen: Duration?
  public var longestOpen: Duration?
  public var longestHeld: Duration = .zero
}

/// One version that one node holds.
public struct FleetHold: Sendable, Hashable {
  public var node: String
  public var source: String
  public var from: String?
  public var version: String
  /// nil: a word that this program does not know.
  public var verdict: Verdict?
  public var rules: [String]
  public var heldBy: [String]
  public var message: String?
  public var clearsWhen: String?
  public var since: Timestamp
  public var age: Duration
  public var security: Bool?
  public var cves: [String]?
}

/// A CVE of one source over the nodes that waited for its fix.
public struct FleetCVE: Sendable, Hashable {
  public var cve: String
  public var source: String
  public var versions: [String]
  public var firstSeen: Timestamp
  /// Nodes on which a fix is pending, on which one is, and on which what became of it is not known.
  public var open = 0
  public var fixed = 0
  public var unclear = 0
  /// Of those on which it is pending: where the fix is held.
  public var held = 0
  public var medianOpen: Duration = .zero
  public var longestOpen: Duration = .zero
  public var longestHeld: Duration = .zero
}

public struct FleetApproval: Sendable, Hashable {
  public var node: String
  public var approval: NodeHistory.Approval
}

public struct FleetVeto: Sendable, Hashable {
  public var node: String
  public var veto: NodeHistory.Veto
}

/// What a version did over the nodes that ran it, by the transactions that brought it: one that brought several counts for
/// each of them.
public struct FleetUpdateEffect: Sendable, Hashable {
  public var source: String
  public var version: String?
  public var runs = 0
  public var completed = 0
  /// Of the runs: those without an outcome.
  public var unknown = 0
  /// Effects that were predicted on any node, and on how many runs none was recorded.
  public var predicted: [String] = []
  public var unpredicted = 0
  public var predictedLoss: [String] = []
  /// Runs during which the network was watched.
  public var watched = 0
  public var lost = 0
  public var restored = 0
  public var missing = 0
  public var failedProbes = 0
}

public struct FleetTransaction: Sendable, Hashable {
  public var node: String
  public var transaction: NodeHistory.Transaction
}

public struct FleetRestart: Sendable, Hashable {
  public var node: String
  public var restart: NodeHistory.Restart
  public var age: Duration
}

/// A node: what it told, and how its ledger stands.
public struct FleetNodeLine: Sendable, Hashable {
  public var node: String
  public var seen: Timestamp
  public var ledger: FleetNodeHistory.Ledger
  /// nil: it told no history.
  public var told: Timestamp?
  /// From when on its history is whole; nil: from the first entry.
  public var since: Timestamp?
  /// Entries that its history was made of.
  public var entries: Int?
  public var held: Int
  public var pending: Int
}
