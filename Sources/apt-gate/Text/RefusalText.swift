import GateEngine
import GateModel

/// What an administrator reads when apt's transaction is refused: why, what clears it, what to do.
struct RefusalText {
  var refusal: TransactionRefusal

  /// More changes than these are only counted.
  private static let mostChanges = 20

  var text: String { lines.map { DisplayText.line($0) + "\n" }.joined() }

  /// In one line, for the ledger and the journal.
  var summary: String { DisplayText.line(reason) }

  private var lines: [String] {
    let shown = refusal.changes.prefix(Self.mostChanges)
    let rest = refusal.changes.count - shown.count
    return ["apt-gate: \(reason); nothing was changed"] + shown.flatMap(lines)
      + (rest > 0 ? ["  and \(rest) more"] : []) + [advice]
  }

  private var reason: String {
    switch refusal.reason {
    case .held: "apt may not install what is held"
    case .unreadable(let problems):
      "what apt is about to do was not understood, and may hide a gated change: \(problems.joined(separator: "; "))"
    case .timeLimit(let limit): "there is not enough time for a gated change: \(limit)"
    case .notRecorded(let why): "a gated change may not go ahead unrecorded: \(why)"
    case .noSnapshot(let why): "the network's state could not be kept before a gated change: \(why)"
    case .notShielded(let why): "a restart that must not happen could not be kept out: \(why)"
    case .notGuarded(let why): "nothing would watch over the network during a gated change: \(why)"
    case .late(let limit):
      "it was not known within \(limit.components.seconds) s whether the gated changes may go ahead"
    }
  }

  private func lines(_ checked: CheckedChange) -> [String] {
    let decision = checked.decision
    let rules = decision.decidedBy.map { "`\($0)`" }.joined(separator: ", ")
    let verdict =
      refusal.reason == .held ? "\(checked.verdict.rawValue)\(rules.isEmpty ? "" : " by \(rules)")" : "gated"
    var lines = ["  \(Self.name(of: checked.change)): \(verdict)"]
    if let message = decision.message { lines.append("    why: \(message)") }
    if refusal.reason == .held, let clears = decision.clearsWhen { lines.append("    clears when: \(clears)") }
    if refusal.reason == .held, checked.decision.isApprovable, checked.verdict != .undetermined {
      lines.append("    to let it through: apt-gate approve \(checked.change.source)")
    }
    lines.append("    more: apt-gate explain \(checked.change.source)")
    return lines
  }

  private static func name(of change: Change) -> String {
    switch (change.from, change.to) {
    case (let from?, let to?): "\(change.source) \(from) -> \(to)"
    case (nil, let to?): "\(change.source) \(to) (new)"
    default: "\(change.source) (\(change.action.rawValue))"
    }
  }

  private var advice: String {
    switch refusal.reason {
    case .held: "  other updates go ahead without these: name what you want, or run `apt-gate sync` and then apt again"
    case .unreadable, .timeLimit, .notRecorded, .noSnapshot, .notShielded, .notGuarded, .late:
      "  what nothing gates may still be installed by itself; `apt-gate doctor` says what is wrong here"
    }
  }
}
