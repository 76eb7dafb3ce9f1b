import GateModel

/// Effects in words, for one line.
enum EffectPhrase {
  /// Everything that `effects` do, gravest first, such as `restarts ssh; needs a reboot`; nil if nothing.
  static func summary(of effects: [Effect]) -> String? {
    let clauses = order.flatMap { kind in phrases(of: effects.filter { $0.kind == kind }, kind: kind) }
    return clauses.isEmpty ? nil : clauses.joined(separator: "; ")
  }

  /// The kinds from what disturbs a node most to what hardly does.
  private static let order: [EffectKind] = [
    .reboot, .kernel, .reexec, .stop, .restart, .networkConfig, .start, .reload, .udev, .sysctl, .conffile, .trigger,
    .unknown,
  ]

  private static func phrases(of effects: [Effect], kind: EffectKind) -> [String] {
    if kind == .unknown { return unresolved(effects) }
    let certain = objects(of: effects.filter { $0.certainty == .certain })
    let possible = objects(of: effects.filter { $0.certainty == .possible }).filter { !certain.contains($0) }
    return [phrase(kind, objects: certain), phrase(kind, objects: possible).map { "perhaps \($0)" }].compactMap { $0 }
  }

  private static func unresolved(_ effects: [Effect]) -> [String] {
    switch effects.count {
    case 0: []
    case 1: [effects[0].detail.map { "unknown: \($0)" } ?? "1 part of its scripts could not be resolved"]
    default: ["\(effects.count) parts of its scripts could not be resolved"]
    }
  }

  /// What the effects of one kind are done to, without repeats, sorted; empty texts if they do not say.
  private static func objects(of effects: [Effect]) -> [String] {
    Set(effects.map { $0.unit.map(shortUnit) ?? $0.detail ?? fallback(of: $0) }).sorted()
  }

  private static func fallback(of effect: Effect) -> String {
    switch effect.kind {
    case .conffile: effect.evidence.file
    case .trigger: effect.package
    default: ""
    }
  }

  /// A unit as people call it: `.service` is what systemctl takes for granted.
  static func shortUnit(_ unit: String) -> String {
    unit.hasSuffix(".service") ? String(unit.dropLast(".service".count)) : unit
  }

  private static func phrase(_ kind: EffectKind, objects: [String]) -> String? {
    guard !objects.isEmpty else { return nil }
    let named = objects.filter { !$0.isEmpty }.joined(separator: ", ")
    return named.isEmpty ? words(kind).alone : words(kind).with.map { "\($0) \(named)" } ?? named
  }

  /// The words for a kind: before what it is done to (nil if that says it all), and if that is not known.
  private static func words(_ kind: EffectKind) -> (with: String?, alone: String) {
    switch kind {
    case .restart: ("restarts", "restarts a service")
    case .stop: ("stops", "stops a service")
    case .start: ("starts", "starts a service")
    case .reload: ("reloads", "reloads unit files")
    case .reexec: ("re-executes the manager:", "re-executes the manager (systemd)")
    case .reboot: ("needs a reboot:", "needs a reboot")
    case .kernel: ("kernel:", "changes the kernel")
    case .udev: ("udev:", "changes udev rules")
    case .sysctl: ("kernel parameters:", "changes kernel parameters")
    case .networkConfig: ("network:", "changes network configuration")
    case .conffile: ("new version of the changed conffile", "new version of a changed conffile")
    case .trigger: ("triggers", "triggers other packages")
    case .unknown: (nil, "unknown")
    }
  }
}
