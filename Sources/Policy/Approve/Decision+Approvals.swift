public import GateModel

extension Decision {
  /// The decision on `change` once `approvals` are taken into account: the one way in which a verdict becomes milder.
  ///
  /// An approval counts for exactly its source, version and policies, until it expires. Names are added up over all that
  /// count: a rule that asks for two people is satisfied by two approvals of one each, and every rule that asks for
  /// people must be. A rule that is `hard`, a broken policy and a gated change without a rule are never cleared. What is
  /// let through keeps its shield.
  ///
  /// - Parameters:
  ///   - policyDigest: of the set that made the decision.
  ///   - teams: who is in the teams that rules name with `@`, by the name with it. Nobody is in a team that is not there.
  public func applying(
    _ approvals: [Approval], to change: Change, policyDigest: String, now: Timestamp,
    teams: [String: Set<String>] = [:]
  ) -> ApprovalReview {
    guard verdict.isHeld else { return ApprovalReview(decision: self, outcome: .notNeeded, discounted: []) }
    let own = approvals.filter { $0.source == change.source }
    let discounted = own.compactMap { approval in
      approval.discount(change, policyDigest, now).map { DiscountedApproval(approval: approval, reason: $0) }
    }
    let counting = own.filter { $0.discount(change, policyDigest, now) == nil }
    let people = counting.reduce(into: Set<String>()) { $0.formUnion($1.named) }
    let refusals = refusals(people, teams)
    guard refusals.isEmpty else {
      return ApprovalReview(decision: self, outcome: .refused(refusals), discounted: discounted)
    }
    return ApprovalReview(
      decision: letThrough(by: people.sorted(), counting), outcome: .letThrough(by: people.sorted()),
      discounted: discounted)
  }

  private func refusals(_ people: Set<String>, _ teams: [String: Set<String>]) -> [ApprovalRefusal] {
    guard isApprovable else { return [.notApprovable] }
    guard !people.isEmpty else { return [.noApproval] }
    return approvals.compactMap { terms in
      let entitled = people.filter { terms.admit($0, teams) }.sorted()
      guard entitled.count < terms.count else { return nil }
      return .tooFewPeople(rule: terms.rule, needed: terms.count, given: entitled)
    }
  }

  private func letThrough(by people: [String], _ approvals: [Approval]) -> Decision {
    var decision = self
    decision.verdict = shieldedUnits.isEmpty ? .allow : .shield
    let reasons = EffectSummary.distinct(approvals.map(\.reason)).filter { !$0.isEmpty }
    let why = reasons.isEmpty ? "" : " (\(reasons.joined(separator: "; ")))"
    let was = message.map { ": \($0)" } ?? ""
    decision.message = DisplayText.line(
      "approved by \(people.joined(separator: ", "))\(why); without that \(verdict.rawValue)\(was)")
    decision.clearsWhen =
      shieldedUnits.isEmpty
      ? nil : "the restart of \(shieldedUnits.joined(separator: ", ")) is owed until `apt-gate restart` or a reboot"
    decision.escalations = []
    return decision
  }
}

extension Approval {
  /// Those who stand behind it; names of nothing but white space are nobody's.
  fileprivate var named: Set<String> { approvers.filter { !$0.allSatisfy(\.isWhitespace) } }

  fileprivate func discount(_ change: Change, _ digest: String, _ now: Timestamp) -> DiscountedApproval.Reason? {
    if version != change.to { return .otherVersion(pending: change.to) }
    if policyDigest != digest { return .otherPolicies }
    if now >= expires { return .expired }
    return named.isEmpty ? .nobody : nil
  }
}

extension ApprovalTerms {
  fileprivate func admit(_ name: String, _ teams: [String: Set<String>]) -> Bool {
    from.isEmpty || from.contains { $0 == name || teams[$0]?.contains(name) == true }
  }
}
