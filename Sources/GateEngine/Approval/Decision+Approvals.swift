public import GateModel

extension Decision {
  /// The decision once `people` have approved exactly this version under these policies.
  ///
  /// Each rule that asks for certain people, or for several, must be satisfied; where none asks, one person is enough.
  /// Nobody lets through what a hard rule holds or what could not be decided because a policy is broken. Restarts that
  /// a rule shields stay shielded. `isMember` says who belongs to a team that a rule names with `@`.
  public func approved(by people: Set<String>, isMember: (_ person: String, _ team: String) -> Bool) -> Decision {
    guard verdict.isHeld, isApprovable, missingApprovals(people, isMember: isMember) == 0 else { return self }
    var copy = self
    copy.verdict = shieldedUnits.isEmpty ? .allow : .shield
    copy.message = "approved by \(people.sorted().joined(separator: ", "))"
    copy.clearsWhen = nil
    return copy
  }

  /// How many more people must approve, by the rule that lacks most.
  public func missingApprovals(_ people: Set<String>, isMember: (_ person: String, _ team: String) -> Bool) -> Int {
    let terms = approvals.isEmpty ? [ApprovalTerms(rule: "", count: 1, from: [])] : approvals
    return terms.map { terms in
      max(0, terms.count - people.count { terms.admits($0, isMember: isMember) })
    }.max() ?? 0
  }
}

extension ApprovalTerms {
  /// Whether `person` may approve for this rule.
  public func admits(_ person: String, isMember: (_ person: String, _ team: String) -> Bool) -> Bool {
    from.isEmpty
      || from.contains { name in
        name.hasPrefix("@") ? isMember(person, String(name.dropFirst())) : name == person
      }
  }
}
