public import Documents
public import GateModel

/// One case of a `tests.yaml`: facts, and what must be decided about them.
public struct PolicyTestCase: Sendable {
  public var name: String
  public var facts: Facts
  public var expectation: Expectation
  public var position: DocumentPosition
  /// Name of the ``DocumentSource`` it was read from.
  public var file: String

  /// What is not nil must be so.
  public struct Expectation: Sendable, Hashable {
    public var verdict: Verdict?
    /// The verdict must not be this.
    public var notVerdict: Verdict?
    /// Sorted.
    public var decidedBy: [String]?
    public var message: String?
    public var clearsWhen: String?
  }
}

/// The cases of one `tests.yaml`.
public struct PolicyTestFile: Sendable {
  public var cases: [PolicyTestCase]
  public var diagnostics: [Diagnostic]

  /// Reads a `tests.yaml`. Cases that are broken are left out and reported.
  public static func load(_ source: DocumentSource) -> PolicyTestFile {
    let collector = PolicyReader(source: source)
    let cases = YamlComposer.compose(collector).map(collector.testCases) ?? []
    return PolicyTestFile(cases: cases, diagnostics: collector.diagnostics)
  }
}

extension PolicyReader {
  fileprivate func testCases(_ root: YamlNode) -> [PolicyTestCase] {
    let keys = ["apiVersion", "description", "facts", "cases"]
    guard let reader = MappingReader(root, "a file of tests", keys: keys, self) else { return [] }
    checkVersion(reader)
    var names: Set<String> = []
    return reader.required("cases").map { list($0, "cases") }?.compactMap { node in
      guard let test = testCase(node, defaults: reader["facts"]) else { return nil }
      if !names.insert(test.name).inserted {
        error(.duplicateName, at: node.position, "case `\(test.name)` is already in this file")
      }
      return test
    } ?? []
  }

  private func testCase(_ node: YamlNode, defaults: YamlNode?) -> PolicyTestCase? {
    let keys = ["name", "description", "facts", "expect"]
    guard let reader = MappingReader(node, "a case", keys: keys, self) else { return nil }
    let name = reader.required("name").flatMap { line($0, "`name`") }
    let facts = reader.required("facts").flatMap { self.facts($0, defaults: defaults) }
    let expectation = reader.required("expect").flatMap(self.expectation)
    guard let name, let facts, let expectation else { return nil }
    return PolicyTestCase(
      name: name, facts: facts, expectation: expectation, position: reader.position, file: source.name)
  }

  private func expectation(_ node: YamlNode) -> PolicyTestCase.Expectation? {
    let keys = ["verdict", "notVerdict", "decidedBy", "message", "clearsWhen"]
    guard let reader = MappingReader(node, "`expect`", keys: keys, self) else { return nil }
    var result = PolicyTestCase.Expectation()
    result.verdict = reader["verdict"].flatMap { word($0, "verdict") }
    result.notVerdict = reader["notVerdict"].flatMap { word($0, "verdict") }
    if let value = reader["decidedBy"] {
      let items = if case .sequence(let items) = value.content { items } else { [value] }
      result.decidedBy = items.compactMap { text($0, "a rule") }.sorted()
    }
    result.message = reader["message"].flatMap { line($0, "`message`") }
    result.clearsWhen = reader["clearsWhen"].flatMap { line($0, "`clearsWhen`") }
    guard result != PolicyTestCase.Expectation() else {
      error(.missingKey, at: node.position, "`expect` expects nothing", suggestion: "name at least a `verdict`")
      return nil
    }
    return result
  }
}
