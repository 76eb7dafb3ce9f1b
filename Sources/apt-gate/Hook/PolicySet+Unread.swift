import GateEngine
import GateModel
import Policy

extension PolicySet {
  /// Whether a verdict on one of `changes` depends on where updates come from: apt's stream does not say, and finding out
  /// takes time. Rules that are advisory give no verdict.
  func asksForOrigins(of changes: [Change]) -> Bool {
    let binding = rules.filter { $0.enforcement != .advisory }
    let asking =
      binding.filter(\.asksForOrigins).map(\.match)
      + (binding.flatMap { [$0.match] + $0.except } + documents.flatMap(\.gated)).filter(\.asksForOrigins)
    return asking.contains { match in changes.contains { match.withoutOrigins.mayConcern($0) } }
  }
}

extension PolicySet {
  /// The policies that may gate `change` by its effects, whatever these are: what counts as long as nobody knows them.
  func mayGateByEffects(_ change: Change) -> [String] {
    documents.filter { $0.gated.contains { !$0.effects.isEmpty && $0.mayConcern(change) } }.map(\.name)
  }
}

extension CheckedChange {
  /// The same, or refused if `isUnread` and a policy may gate it by what nobody could look into.
  func unless(isUnread: Bool, _ policies: PolicySet) -> CheckedChange {
    let gatedBy = isUnread ? policies.mayGateByEffects(change) : []
    guard !gatedBy.isEmpty, !verdict.isHeld else { return self }
    var checked = self
    checked.assessed.decision.verdict = .undetermined
    checked.assessed.decision.gatedBy = Set(decision.gatedBy + gatedBy).sorted()
    checked.assessed.decision.message = "there was no time to read its .deb, so what it does is not known"
    checked.assessed.decision.clearsWhen = "apt's next run can read it"
    return checked
  }
}

extension PolicyRule {
  fileprivate var asksForOrigins: Bool {
    when.map { when in ["origin", "security", "phas"].contains { when.text.contains($0) } } ?? false
  }
}

extension ChangeMatch {
  fileprivate var asksForOrigins: Bool { !origins.isEmpty || security != nil }

  fileprivate var withoutOrigins: ChangeMatch {
    var match = self
    (match.origins, match.security) = ([], nil)
    return match
  }

  /// Whether it may be about `change`, by the names that it has.
  fileprivate func mayConcern(_ change: Change) -> Bool {
    let names = change.binaries.map(\.name)
    return (sources.isEmpty || sources.contains { $0.matches(change.source) })
      && (binaries.isEmpty || binaries.contains { pattern in names.contains { pattern.matches($0) } })
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
