public import Documents

/// The folders of a directory of policies, and the tests in them: `apt-gate policy test`.
public struct PolicyTestSuite: Sendable {
  /// A folder: its `policy.yaml` and its `tests.yaml`, as far as they are there.
  public struct Folder: Sendable {
    public var name: String
    public var policy: DocumentSource?
    public var tests: DocumentSource?

    public init(name: String, policy: DocumentSource?, tests: DocumentSource?) {
      self.name = name
      self.policy = policy
      self.tests = tests
    }
  }

  /// What one folder's tests gave.
  public struct Result: Sendable, Encodable {
    public var folder: String
    public var report: PolicyTestReport
  }

  /// Sorted by folder; folders without tests are not in it.
  public var results: [Result]
  /// Errors in policies and tests, and a warning for each rule that fires in no test.
  public var diagnostics: [Diagnostic]

  public var passed: Bool {
    results.allSatisfy(\.report.passed) && !diagnostics.contains { $0.severity == .error }
  }

  /// Runs the tests of `folders`. Tests that stand beside a policy are about that policy alone, so that they stay
  /// true whatever else is installed; tests without a policy are about all policies together.
  public init(_ folders: [Folder], context: PolicyContext = PolicyContext()) {
    let all = PolicySet.load(folders.compactMap(\.policy), context: context)
    diagnostics = all.diagnostics
    results = []
    var total = PolicyTestReport()
    for folder in folders.sorted(by: { $0.name < $1.name }) {
      guard let tests = folder.tests.map(PolicyTestFile.load) else { continue }
      diagnostics += tests.diagnostics
      let set = folder.policy.map { PolicySet.load([$0], context: context).set } ?? all.set
      let report = set.run(tests.cases)
      results.append(Result(folder: folder.name, report: report))
      total.add(report)
    }
    diagnostics += all.set.untestedRules(total)
  }

  /// As a test runner prints it; each line ends with a newline.
  public var text: String {
    let folders = results.map { "\($0.folder)\n" + $0.report.caseLines.map { "  \($0)\n" }.joined() }
    let outcomes = results.flatMap(\.report.outcomes)
    let failed = outcomes.count { !$0.passed }
    let untested = diagnostics.count { $0.code == .untested }
    let summary = "\(outcomes.count - failed) passed, \(failed) failed; rules that fire in no test: \(untested)\n"
    return folders.joined() + summary
  }
}
