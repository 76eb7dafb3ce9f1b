internal import GateModel

/// Effects in the order in which they were found, without repeats.
struct EffectList {
  /// What makes two effects the same for a person.
  private struct Key: Hashable {
    var kind: EffectKind
    var unit: String?
    var verb: String?
    /// Where a call says enough (a unit or a verb) these are left nil.
    var file: String?
    var line: Int?
    var detail: String?

    init(_ effect: Effect) {
      kind = effect.kind
      unit = effect.unit
      verb = effect.verb
      guard effect.kind == .unknown || (effect.unit == nil && effect.verb == nil) else { return }
      file = effect.evidence.file
      line = effect.evidence.line
      detail = effect.detail
    }
  }

  private(set) var effects: [Effect] = []
  private var positions: [Key: Int] = [:]

  /// Keeps the first of several that are the same, or the first certain one, at the place of the first.
  mutating func add(_ effect: Effect) {
    let key = Key(effect)
    guard let position = positions[key] else {
      positions[key] = effects.count
      effects.append(effect)
      return
    }
    if effects[position].certainty == .possible, effect.certainty == .certain { effects[position] = effect }
  }

  mutating func add(_ more: [Effect]) {
    for effect in more { add(effect) }
  }
}
