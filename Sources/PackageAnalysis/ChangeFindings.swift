internal import GateModel

/// What the analysis of one change has found so far.
struct ChangeFindings {
  var effects = EffectList()
  var warnings: [String] = []
  /// Triggers that scripts activated, in order.
  var activations: [TriggerActivation] = []
  private var calls: [ScriptCall] = []
  private var seenCalls: Set<ScriptCall> = []
  private var bases: [BinaryBasis] = []

  var report: ChangeReport {
    ChangeReport(effects: effects.effects, calls: calls, bases: bases, warnings: warnings)
  }

  /// Notes what an analysis rests on, and what could not be read.
  mutating func note(_ input: BinaryInputs) {
    bases.append(
      BinaryBasis(name: input.binary.name, architecture: input.binary.architecture, basis: input.basis))
    warnings += (input.candidate?.notes ?? []).map { "\(input.binary.name): \($0)" }
    if input.binary.from != nil, input.old == nil, input.candidate != nil {
      warnings.append("\(input.binary.name): the scripts of the version that it replaces were not at hand")
    }
    for problem in input.problems { add(unknown: problem, file: input.binary.name, package: input.binary.name) }
  }

  /// Adds a warning once.
  mutating func note(_ warning: String) {
    if !warnings.contains(warning) { warnings.append(warning) }
  }

  mutating func add(calls more: [ScriptCall]) {
    for call in more where seenCalls.insert(call).inserted { calls.append(call) }
  }

  mutating func add(unknown detail: String, file: String, package: String) {
    effects.add(
      Effect(
        kind: .unknown, certainty: .possible, evidence: Evidence(basis: .unknown, file: file), package: package,
        detail: detail))
  }
}
