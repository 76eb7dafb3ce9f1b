import GateModel
import PackageAnalysis

/// What the interpreter claims about a script, held against what real shells did with it.
struct DifferentialComparison {
  /// Recorded calls that the interpreter does not claim.
  var missing: [String] = []
  /// Claims of certainty that a successful run refutes.
  var notCertain: [String] = []
  /// Claims that no run bears out.
  var neverSeen: [String] = []
  var claims = 0

  /// Whether soundness and certainty hold.
  var holds: Bool { missing.isEmpty && notCertain.isEmpty }

  init(of report: ScriptReport, with runs: [RecordedRun]) {
    claims = report.calls.count
    let recorded = Set(runs.flatMap(\.calls))
    missing = recorded.filter { call in !report.calls.contains { $0.matches(call) } }.map(Self.describe).sorted()
    neverSeen = report.calls.filter { claim in !recorded.contains { claim.matches($0) } }.map(Self.describe)
    notCertain = report.calls.filter { claim in
      claim.certainty == .certain
        && runs.contains { run in run.succeeded && !run.calls.contains { claim.matches($0) } }
    }.map(Self.describe)
  }

  private static func describe(_ call: RecordedRun.Call) -> String {
    ([call.tool] + call.arguments.map { "<\($0)>" }).joined(separator: " ")
  }

  private static func describe(_ claim: ScriptCall) -> String {
    ([claim.tool] + claim.arguments.map { $0.map { "<\($0)>" } ?? "…" }).joined(separator: " ")
  }
}

extension ScriptCall {
  /// Whether the claim speaks of `call`: a word that is not known stands for any number of words.
  fileprivate func matches(_ call: RecordedRun.Call) -> Bool {
    tool == call.tool && Self.matches(arguments[...], call.arguments[...])
  }

  private static func matches(_ claimed: ArraySlice<String?>, _ words: ArraySlice<String>) -> Bool {
    guard let first = claimed.first else { return words.isEmpty }
    guard let known = first else {
      return (0...words.count).contains { matches(claimed.dropFirst(), words.dropFirst($0)) }
    }
    return words.first == known && matches(claimed.dropFirst(), words.dropFirst())
  }
}

extension ScriptReport {
  /// Whether the interpreter gave up on a part and said so; then it makes no claim about the rest.
  var isIncomplete: Bool {
    effects.contains { effect in
      ["too long to follow", "nested too deeply", "cannot be read", "too many words"].contains {
        effect.detail?.contains($0) == true
      }
    }
  }
}
