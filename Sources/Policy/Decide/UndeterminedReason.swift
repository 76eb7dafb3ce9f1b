internal import Documents
internal import GateModel

/// Why there is no verdict.
enum UndeterminedReason {
  case brokenPolicy(Diagnostic)
  case noRule(policies: [String])
  case unresolved(Effect)
  /// Only rules whose conditions could not be evaluated allow it.
  case notEvaluated(String)

  var message: String {
    switch self {
    case .brokenPolicy(let diagnostic):
      "a policy is broken: \(diagnostic.file):\(diagnostic.position.line): \(diagnostic.message)"
    case .noRule(let policies):
      "gated by policy \(policies.map { "`\($0)`" }.joined(separator: ", ")), but no rule gives a verdict"
    case .notEvaluated(let failure): "the rules that would allow it could not be evaluated: \(failure)"
    case .unresolved(let effect): "what it would do could not be worked out: \(Self.place(of: effect))"
    }
  }

  var clearsWhen: String {
    switch self {
    case .brokenPolicy: "the policy is mended: `apt-gate policy check` shows what is wrong"
    case .noRule: "a rule is added that gives a verdict, `effect: allow` among them"
    case .notEvaluated: "what was not known becomes known"
    case .unresolved: "a person has read the script and approves it, or a rule names `kind: unknown`"
    }
  }

  /// Whether a person's word can stand for what is missing: only for a script that could not be worked out, because a
  /// person can read it.
  var isApprovable: Bool {
    if case .unresolved = self { true } else { false }
  }

  private static func place(of effect: Effect) -> String {
    let line = effect.evidence.line.map { ", line \($0)" } ?? ""
    let text = effect.evidence.text.map { ": \($0)" } ?? ""
    return DisplayText.line(effect.evidence.file + line + text)
  }
}

extension Decision {
  mutating func becomeUndetermined(_ reason: UndeterminedReason) {
    verdict = .undetermined
    message = reason.message
    clearsWhen = reason.clearsWhen
    isApprovable = isApprovable && reason.isApprovable
  }
}
