import GateModel

/// Effects in words, for a table. `explain` has each with its evidence.
enum EffectPhrase {
  /// What `change` does, gravest first, such as `restarts ssh; needs a reboot`.
  static func summary(of effects: [Effect], action: ChangeAction) -> String {
    let clauses = order.flatMap { kind in phrases(of: effects.filter { $0.kind == kind }, kind: kind) }
    return clauses.isEmpty ? filesOnly(action) : clauses.joined(separator: "; ")
  }

  /// Whether `effects` disturb nothing by themselves: what other packages' triggers do is among the effects.
  static func isQuiet(_ effects: [Effect]) -> Bool { effects.allSatisfy { $0.kind == .trigger } }

  /// A unit as people call it: `.service` is what systemctl takes for granted.
  static func shortUnit(_ unit: String) -> String {
    unit.hasSuffix(".service") ? String(unit.dropLast(".service".count)) : unit
  }

  /// The kinds from what disturbs a node most to what hardly does.
  private static let order: [EffectKind] = [
    .reboot, .kernel, .reexec, .stop, .restart, .networkConfig, .start, .reload, .udev, .sysctl, .conffile, .trigger,
    .unknown,
  ]

  private static func filesOnly(_ action: ChangeAction) -> String {
    switch action {
    case .install: "adds files only"
    case .remove: "removes files only"
    case .upgrade, .downgrade: "replaces files only"
    }
  }

  private static func phrases(of effects: [Effect], kind: EffectKind) -> [String] {
    guard !effects.isEmpty else { return [] }
    switch kind {
    case .trigger: return [effects.count == 1 ? "runs a trigger" : "runs \(effects.count) triggers"]
    case .unknown: return [unresolved(effects)]
    default:
      let certain = objects(of: effects.filter { $0.certainty == .certain })
      let possible = objects(of: effects.filter { $0.certainty == .possible }).subtracting(certain)
      return [phrase(kind, certain), phrase(kind, possible).map { "perhaps \($0)" }].compactMap { $0 }
    }
  }

  private static func unresolved(_ effects: [Effect]) -> String {
    guard effects.count == 1, let detail = effects[0].detail else {
      return effects.count == 1
        ? "one part could not be worked out" : "\(effects.count) parts could not be worked out"
    }
    return "unknown: \(detail)"
  }

  /// What the effects of one kind are done to; an empty text stands for what is not said.
  private static func objects(of effects: [Effect]) -> Set<String> {
    Set(
      effects.map { effect in
        switch effect.kind {
        case .kernel: effect.detail ?? ""
        case .conffile: effect.evidence.file
        default: effect.unit.map(shortUnit) ?? ""
        }
      })
  }

  private static func phrase(_ kind: EffectKind, _ objects: Set<String>) -> String? {
    guard !objects.isEmpty else { return nil }
    let words = words(kind)
    let named = objects.filter { !$0.isEmpty }.sorted().joined(separator: ", ")
    if named.isEmpty { return words.alone }
    let known = words.before.isEmpty ? named : "\(words.before) \(named)"
    return objects.contains("") && kind != .kernel ? "\(known); \(words.alone)" : known
  }

  /// The words for a kind: before what it is done to, and where that is not said.
  private static func words(_ kind: EffectKind) -> (before: String, alone: String) {
    switch kind {
    case .restart: ("restarts", "restarts a service")
    case .stop: ("stops", "stops a service")
    case .start: ("starts", "starts a service")
    case .reload: ("reloads", "reloads unit files")
    case .reexec: ("re-executes the manager for", "re-executes the manager")
    case .reboot: ("needs a reboot for", "needs a reboot")
    case .kernel: ("", "changes the kernel")
    case .udev: ("udev:", "changes udev rules or triggers udev")
    case .sysctl: ("kernel parameters:", "changes kernel parameters")
    case .networkConfig: ("network of", "changes network configuration")
    case .conffile: ("has a new version of the changed", "has a new version of a changed conffile")
    case .trigger, .unknown: ("", "")
    }
  }
}
