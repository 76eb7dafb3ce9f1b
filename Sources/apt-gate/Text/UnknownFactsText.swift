import GateEngine

/// What verdicts had to do without, in words.
struct UnknownFactsText {
  var report: CheckReport

  private var assumed: Int { report.changes.count { $0.decision.restsOnAssumption } }

  /// How many verdicts are assumed and for want of what, then why each could not be had; nothing if none is assumed.
  var lines: [String] {
    guard assumed > 0 else { return [] }
    let verdicts = assumed == 1 ? "1 verdict is" : "\(assumed) verdicts are"
    let unknown = report.unknownFacts.filter { $0.reason != nil }.map(\.name)
    let missing = report.unknownFacts.filter { $0.reason == nil }.map(\.name)
    let parts = [
      unknown.isEmpty ? nil : "\(Self.list(unknown)) could not be had",
      missing.isEmpty ? nil : "\(Self.list(missing)) \(missing.count == 1 ? "is" : "are") not collected yet",
    ].compactMap(\.self)
    return ["\(verdicts) assumed\(parts.isEmpty ? "" : ": \(parts.joined(separator: "; "))")."]
      + report.unknownFacts.compactMap { fact in fact.reason.map { "`\(fact.name)` is not known: \($0)" } }
  }

  private static func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
