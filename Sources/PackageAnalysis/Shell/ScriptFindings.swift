import GateModel

/// What a run has found so far: each effect and call once, `certain` if it is so on any way.
struct ScriptFindings {
  private(set) var effects: [Effect] = []
  private(set) var calls: [ScriptCall] = []
  private(set) var triggers: [String] = []
  private var effectIndex: [Effect: Int] = [:]
  private var callIndex: [ScriptCall: Int] = [:]

  mutating func add(_ effect: Effect) {
    var key = effect
    key.certainty = .certain
    if let index = effectIndex[key] {
      if effect.certainty == .certain { effects[index].certainty = .certain }
    } else {
      effectIndex[key] = effects.count
      effects.append(effect)
    }
  }

  mutating func add(_ call: ScriptCall) {
    var key = call
    key.certainty = .certain
    if let index = callIndex[key] {
      if call.certainty == .certain { calls[index].certainty = .certain }
    } else {
      callIndex[key] = calls.count
      calls.append(call)
    }
  }

  mutating func add(trigger: String) {
    if !triggers.contains(trigger) { triggers.append(trigger) }
  }

  var report: ScriptReport {
    var report = ScriptReport()
    report.effects = effects
    report.calls = calls
    report.activatedTriggers = triggers
    return report
  }
}
