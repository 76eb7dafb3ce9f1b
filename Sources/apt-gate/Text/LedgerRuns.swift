import LedgerLog

/// The entries of a list, with those of one run of apt together: unattended-upgrades makes a transaction of each minimal
/// step.
struct LedgerRuns {
  /// A run with its entries, or an entry that belongs to none.
  struct Part: Sendable, Hashable {
    /// nil for an entry that belongs to no run.
    var run: String?
    var entries: [LedgerEntry]
  }

  /// In the order of their first entries.
  private(set) var parts: [Part] = []

  init(_ entries: [LedgerEntry]) {
    let runs = Self.runs(entries)
    var places: [String: Int] = [:]
    for entry in entries {
      let run = entry.body.transaction.flatMap { runs[$0] }
      if let run, let place = places[run] {
        parts[place].entries.append(entry)
      } else {
        if let run { places[run] = parts.count }
        parts.append(Part(run: run, entries: [entry]))
      }
    }
  }

  /// The run of each transaction.
  private static func runs(_ entries: [LedgerEntry]) -> [String: String] {
    var runs: [String: String] = [:]
    for entry in entries {
      if case .transactionIntent(let intent) = entry.body { runs[intent.transaction] = intent.command }
    }
    return runs
  }
}

extension LedgerRuns.Part {
  /// How many transactions it has: an intent may be written in parts.
  var steps: Int { Set(intents.map(\.transaction)).count }

  var sources: [String] { Set(intents.flatMap { $0.changes.map(\.source) }).sorted() }

  /// The steps that did not end well; those without an end yet are not among them.
  var failures: Int {
    entries.count { entry in
      if case .transactionOutcome(let outcome) = entry.body { outcome.result != .completed } else { false }
    }
  }

  private var intents: [TransactionIntent] {
    entries.compactMap { entry in
      if case .transactionIntent(let intent) = entry.body { intent } else { nil }
    }
  }
}

extension LedgerBody {
  /// The transaction that an entry is about.
  fileprivate var transaction: String? {
    switch self {
    case .transactionIntent(let record): record.transaction
    case .transactionOutcome(let record): record.transaction
    case .owedRestart(let record): record.transaction
    case .veto(let record): record.transaction
    default: nil
    }
  }
}
