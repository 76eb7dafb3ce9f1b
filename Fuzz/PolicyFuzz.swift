// A libFuzzer target over everything that reads YAML: policies, their tests, captured facts. Built by Fuzz/build.

import Documents
import GateModel
import Glibc
import Policy

/// What must hold of every text: no crash, no hang, and what is said about it can be shown. A set that loads decides;
/// facts that are read can be written down and read again.
func fuzz(_ source: DocumentSource) {
  let load = PolicySet.check([source], context: PolicyContext(groups: ["edge"], now: .fuzz))
  let tests = PolicyTestFile.load(source)
  let (capture, diagnostics) = FactsCapture.load(source)
  let rendered = (load.diagnostics + tests.diagnostics + diagnostics).map(\.rendered)
  require(rendered.allSatisfy { !$0.isEmpty }, "a diagnostic says nothing")
  require(load.errors.isEmpty == (load.set.brokenBy == nil), "the set does not know that it is broken")
  _ = load.set.run(tests.cases).text
  for facts in capture.facts.prefix(8) + tests.cases.prefix(8).map(\.facts) { fuzz(facts, load.set) }
}

func fuzz(_ facts: Facts, _ set: PolicySet) {
  let decision = set.decide(facts)
  require(decision.verdict == set.explain(facts).verdict, "explaining changes the verdict")
  let text = FactsCapture([facts]).json
  let (again, diagnostics) = FactsCapture.load(DocumentSource(name: "again", text: text))
  require(diagnostics.isEmpty, "captured facts are refused: \(diagnostics.map(\.rendered)) \(text)")
  require(FactsCapture(again.facts).json == text, "captured facts come back as others: \(text)")
}

func require(_ condition: Bool, _ message: @autoclosure () -> String) {
  guard !condition else { return }
  print(message())
  abort()
}

extension Timestamp {
  static let fuzz = Timestamp(secondsSinceEpoch: 1_790_000_000)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let source = DocumentSource(name: "fuzz.yaml", bytes: UnsafeBufferPointer(start: bytes, count: count)) else {
    return -1
  }
  fuzz(source)
  return 0
}
