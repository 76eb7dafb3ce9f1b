internal import GateModel

extension ChangeMatch {
  /// The match with one value of each list at a time.
  var parts: [ChangeMatch] {
    var result = [self]
    for glob in sources {
      var part = self
      part.sources = [glob]
      result.append(part)
    }
    for glob in binaries {
      var part = self
      part.binaries = [glob]
      result.append(part)
    }
    for pattern in effects.flatMap(\.parts) {
      var part = self
      part.effects = [pattern]
      result.append(part)
    }
    for action in actions.sorted(by: { $0.rawValue < $1.rawValue }) {
      var part = self
      part.actions = [action]
      result.append(part)
    }
    return result
  }
}

extension EffectPattern {
  var parts: [EffectPattern] {
    let kinds = self.kinds.sorted { $0.rawValue < $1.rawValue }
    let units = self.units.isEmpty ? [nil] : self.units.map(Optional.some)
    return kinds.isEmpty
      ? [self]
      : kinds.flatMap { kind in
        units.map { unit in
          EffectPattern(kinds: [kind], units: unit.map { [$0] } ?? [], verbs: verbs, certainty: certainty)
        }
      }
  }
}

extension Facts {
  func with(security: Bool) -> Facts {
    var facts = self
    for position in facts.change.binaries.indices { facts.change.binaries[position].isSecurity = security }
    return facts
  }

  func with(network: NetworkFacts?) -> Facts {
    var facts = self
    facts.network = network
    return facts
  }

  var withUnknownEffect: Facts {
    var facts = self
    let evidence = Evidence(basis: .candidate, file: "demo.postinst", line: 1)
    facts.effects.append(Effect(kind: .unknown, certainty: .possible, evidence: evidence, package: "demo"))
    return facts
  }

  func at(_ now: Timestamp?, age: Duration?, node: NodeFacts?) -> Facts {
    var facts = self
    facts.now = now
    facts.firstSeen = age.flatMap { age in now?.advanced(by: .zero - age) }
    if let node, !(facts.node?.groups.isEmpty ?? true) {
      facts.node = node.groups.isEmpty ? node : facts.node
    } else {
      facts.node = node
    }
    return facts
  }
}
