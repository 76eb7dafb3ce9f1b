import GateModel
import Policy

extension PolicySet {
  /// Whether a policy asks where updates come from: apt's stream does not say, and finding out takes time.
  var asksForOrigins: Bool {
    let matches = rules.flatMap { [$0.match] + $0.except } + documents.flatMap(\.gated)
    return matches.contains { !$0.origins.isEmpty || $0.security != nil }
      || rules.contains { rule in
        rule.when.map { when in ["origin", "security", "phas"].contains { when.text.contains($0) } } ?? false
      }
  }
}

extension Change {
  /// The change with what `pending` says of where its candidates come from. What it does not have stays unknown.
  func sourced(from pending: [Change]) -> Change {
    var change = self
    change.binaries = binaries.map { binary in
      let known = pending.lazy.flatMap(\.binaries).first {
        $0.name == binary.name && $0.architecture == binary.architecture && $0.to == binary.to
      }
      guard let known else { return binary }
      var sourced = binary
      sourced.origins = known.origins
      sourced.isSecurity = known.isSecurity
      sourced.phasing = known.phasing
      sourced.downloadSize = known.downloadSize
      return sourced
    }
    return change
  }
}
