internal import GateModel

/// Changes made up so that a match is about them: for comparing matches and sets by example.
enum MatchWitness {
  /// Facts that all of `matches` match, if the obvious ones do; nil otherwise.
  ///
  /// The first value of each part is tried that fits all matches, so a nil is no proof that there are none.
  static func facts(_ matches: [ChangeMatch]) -> Facts? {
    let source = name(matches.map(\.sources), otherwise: "demo")
    let binary = name(matches.map(\.binaries), otherwise: source ?? "demo")
    guard let source, let binary else { return nil }
    let security = matches.compactMap(\.security).first ?? false
    let action = ChangeAction.allCases.first { action in
      matches.allSatisfy { $0.actions.isEmpty || $0.actions.contains(action) }
    }
    let origin = matches.lazy.compactMap(\.origins.first).first?.example ?? OriginPattern { _ in nil }.example
    let change = self.change(source, binary, action ?? .upgrade, origin, security)
    let effects = matches.flatMap { $0.effects.prefix(1).map(\.example) }
    let groups = matches.compactMap { $0.groups.first?.example }
    let facts = Facts(change: change, effects: effects, node: NodeFacts(name: "node", groups: groups))
    return matches.allSatisfy { $0.evaluate(facts).matched } ? facts : nil
  }

  /// Whether `left` and `right` can be about the same change for the same reason: any change can have any
  /// effect besides, so a match by effects is only met by a match of those effects.
  static func overlap(_ left: ChangeMatch, _ right: ChangeMatch) -> Bool {
    let sameEffects = left.effects.contains { a in
      right.effects.contains { b in a.matches(b.example) || b.matches(a.example) }
    }
    guard sameEffects || right.effects.isEmpty else { return false }
    return facts([left, right]) != nil
  }

  /// A name that one glob of every list matches.
  private static func name(_ lists: [[Glob]], otherwise: String) -> String? {
    let asked = lists.filter { !$0.isEmpty }
    guard !asked.isEmpty else { return otherwise }
    let candidates = asked.joined().map(\.example)
    return candidates.first { candidate in asked.allSatisfy { $0.contains { $0.matches(candidate) } } }
  }

  private static func change(
    _ source: String, _ binary: String, _ action: ChangeAction, _ origin: Origin, _ security: Bool
  ) -> Change {
    let from = action == .install ? nil : PackageVersion("1.0-1")
    let to = action == .remove ? nil : PackageVersion(action == .downgrade ? "0.9-1" : "1.0-2")
    let part = BinaryChange(
      name: binary, architecture: "amd64", from: from, to: to, action: action, origins: to == nil ? [] : [origin],
      isSecurity: security)
    return Change(source: source, from: from, to: to, action: action, binaries: [part])
  }
}

extension Glob {
  /// A name that matches.
  var example: String { pattern == "*" ? "demo" : pattern.replacing("*", with: "x").replacing("?", with: "x") }
}

extension OriginPattern {
  /// An origin that matches.
  var example: Origin {
    func value(_ field: OriginPattern.Field, _ usual: String) -> String { self[field]?.example ?? usual }
    return Origin(
      origin: value(.origin, "Debian"), label: value(.label, "Debian"), suite: value(.suite, "stable"),
      codename: value(.codename, "bookworm"), component: value(.component, "main"), site: value(.site, ""))
  }
}

extension EffectPattern {
  /// An effect that matches.
  var example: Effect {
    let kind = EffectKind.allCases.first { kinds.isEmpty || kinds.contains($0) } ?? .restart
    return Effect(
      kind: kind, unit: units.first?.example, verb: verbs.min(), certainty: certainty ?? .certain,
      evidence: Evidence(basis: .candidate, file: "demo.postinst", line: 1), package: "demo")
  }
}
