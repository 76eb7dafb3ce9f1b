public import Documents
internal import GateModel

/// What running test cases against a set of policies gave.
public struct PolicyTestReport: Sendable, Encodable {
  public struct Outcome: Sendable, Encodable {
    public var name: String
    /// What differs, in a person's words; empty if the case passed.
    public var failures: [String]
    /// Where the case stands, as `file:line`.
    public var place: String

    public var passed: Bool { failures.isEmpty }
  }

  /// How often a rule took part.
  public struct Coverage: Sendable, Encodable {
    public var rule: String
    /// Cases for which it fired.
    public var fired: Int
    /// Cases for which it was looked at and did not fire.
    public var notFired: Int
  }

  public var outcomes: [Outcome] = []
  /// For every rule of the set, sorted by id.
  public var coverage: [Coverage] = []

  public var passed: Bool { outcomes.allSatisfy(\.passed) }

  /// Adds the outcomes of another run; counts of the same rule are summed.
  public mutating func add(_ other: PolicyTestReport) {
    outcomes += other.outcomes
    var byRule = Dictionary(coverage.map { ($0.rule, $0) }, uniquingKeysWith: { first, _ in first })
    for item in other.coverage {
      let old = byRule[item.rule] ?? Coverage(rule: item.rule, fired: 0, notFired: 0)
      byRule[item.rule] = Coverage(
        rule: item.rule, fired: old.fired + item.fired, notFired: old.notFired + item.notFired)
    }
    coverage = byRule.values.sorted { $0.rule < $1.rule }
  }
}

extension PolicySet {
  /// Runs `cases` against this set.
  public func run(_ cases: [PolicyTestCase]) -> PolicyTestReport {
    var report = PolicyTestReport()
    var fired: [String: Int] = [:]
    for test in cases {
      let decision = explain(test.facts)
      for rule in decision.rules where rule.fired { fired[rule.rule, default: 0] += 1 }
      let failures = test.expectation.failures(decision)
      report.outcomes.append(
        .init(name: test.name, failures: failures, place: "\(test.file):\(test.position.line)"))
    }
    report.coverage = rules.map { rule in
      let count = fired[rule.id] ?? 0
      return .init(rule: rule.id, fired: count, notFired: cases.count - count)
    }
    return report
  }

  /// A warning for every rule that fires in none of the reported cases.
  public func untestedRules(_ report: PolicyTestReport) -> [Diagnostic] {
    let tested = Set(report.coverage.filter { $0.fired > 0 }.map(\.rule))
    return rules.filter { !tested.contains($0.id) }.map { rule in
      Diagnostic(
        severity: .warning, code: .untested, file: rule.file, position: rule.position,
        message: "rule `\(rule.id)` fires in no test", suggestion: "add a case to the policy's tests.yaml")
    }
  }
}

extension PolicyTestCase.Expectation {
  /// What differs between this and `decision`.
  fileprivate func failures(_ decision: Decision) -> [String] {
    var failures: [String] = []
    func compare(_ what: String, _ expected: String?, _ found: String) {
      guard let expected, expected != found else { return }
      failures.append("\(what): expected `\(expected)`, got `\(found)`")
    }
    compare("verdict", verdict?.rawValue, decision.verdict.rawValue)
    if let notVerdict, notVerdict == decision.verdict {
      failures.append("verdict: expected anything but `\(notVerdict.rawValue)`")
    }
    compare("decidedBy", decidedBy?.joined(separator: ", "), decision.decidedBy.joined(separator: ", "))
    compare("message", message, decision.message ?? "none")
    compare("clearsWhen", clearsWhen, decision.clearsWhen ?? "none")
    return failures
  }
}

extension PolicyTestReport {
  /// The outcomes, a line or more each.
  var caseLines: [String] {
    outcomes.flatMap { outcome in
      ["\(outcome.passed ? "ok  " : "FAIL") \(DisplayText.line(outcome.name))"]
        + outcome.failures.map { "       \(DisplayText.line($0))" }
        + (outcome.passed ? [] : ["       at \(DisplayText.line(outcome.place))"])
    }
  }

  /// As a test runner prints it; each line ends with a newline.
  public var text: String {
    var lines = caseLines
    let failed = outcomes.count { !$0.passed }
    lines.append("\(outcomes.count - failed) passed, \(failed) failed")
    let untested = coverage.filter { $0.fired == 0 }.map { "`\($0.rule)`" }
    lines.append("\(coverage.count - untested.count) of \(coverage.count) rules fire in a test")
    if !untested.isEmpty { lines.append("never fired: " + untested.joined(separator: ", ")) }
    return lines.map { $0 + "\n" }.joined()
  }
}
