internal import GateModel

/// Effects in a person's words, on one line.
enum EffectSummary {
  /// Each effect once, in their order: `restart systemd-networkd.service, reexec`.
  static func of(_ effects: [Effect]) -> String {
    distinct(effects.map(summary)).joined(separator: ", ")
  }

  /// An effect that is only possible says so.
  private static func summary(_ effect: Effect) -> String {
    var words = [effect.kind.rawValue]
    if let object = effect.unit ?? effect.detail ?? effect.verb { words.append(object) }
    if effect.certainty == .possible { words.append("(possibly)") }
    return DisplayText.line(words.joined(separator: " "))
  }

  /// `values` without repeats, in their order.
  static func distinct(_ values: [String]) -> [String] {
    var seen: Set<String> = []
    return values.filter { seen.insert($0).inserted }
  }
}

extension Effect {
  /// Whether the analysis could not say what happens: an `unknown` effect, or a unit that could not be read.
  /// (A reload without a unit is the manager's.)
  var isUnresolved: Bool {
    switch kind {
    case .unknown: true
    case .restart, .stop, .start: unit == nil
    default: false
    }
  }
}
