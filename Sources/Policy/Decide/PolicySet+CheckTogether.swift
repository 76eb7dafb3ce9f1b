internal import Documents
internal import GateModel

// What only shows when all policies stand together.

extension PolicySet {
  static func checkTogether(_ files: [LoadedFile]) {
    let gates = files.compactMap(\.document).flatMap(\.gated)
    for file in files {
      for rule in file.document?.rules ?? [] { requireMaximum(rule, gates, file.collector) }
    }
  }

  /// A gated change must not be held for ever in silence.
  private static func requireMaximum(_ rule: PolicyRule, _ gates: [ChangeMatch], _ collector: PolicyReader) {
    guard case .hold(maximum: nil, _) = rule.effect, rule.enforcement != .advisory,
      gates.contains(where: { MatchWitness.overlap(rule.match, $0) })
    else { return }
    collector.error(
      .missingMaximum, at: rule.effectPosition, "rule `\(rule.id)` holds what is gated, without a maximum",
      suggestion: "write `hold: {maximum: 30d}`: after that it is escalated, never let through")
  }
}
