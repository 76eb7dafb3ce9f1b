internal import GateModel

/// One run of a package's postinst with `triggered`: which triggers, and why.
struct TriggerRun {
  var interest: TriggerInterest
  /// INVARIANT: never empty; all of the same certainty.
  var activations: [TriggerActivation]
  /// The names as the postinst gets them: for a file trigger the path of the interest.
  var triggers: [String]

  var certainty: Certainty { activations.first?.certainty ?? .possible }

  /// The words after the script's name. Source: Debian Policy, 6.5: `postinst triggered "TRIGGER-NAME TRIGGER-NAME"`.
  var arguments: [String] { ["triggered", triggers.joined(separator: " ")] }

  /// The effect that the run itself is.
  func effect(script: String) -> Effect? {
    guard let first = activations.first else { return nil }
    return Effect(
      kind: .trigger, certainty: certainty, evidence: first.evidence, package: first.package,
      detail: "\(triggers.joined(separator: ", ")) -> \(script) triggered")
  }

  /// An effect of the run, laid to the package whose change brings it about.
  func attributed(_ effect: Effect) -> Effect {
    var result = effect
    result.certainty = effect.certainty.and(certainty)
    result.package = activations.first?.package ?? effect.package
    result.detail = effect.detail ?? "through trigger \(triggers.joined(separator: ", "))"
    return result
  }
}

extension Certainty {
  /// `certain` only where both are.
  func and(_ other: Certainty) -> Certainty { self == .certain ? other : .possible }
}
