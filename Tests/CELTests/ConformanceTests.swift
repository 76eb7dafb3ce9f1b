import CEL
import Glibc
import Testing

@testable import cel_eval

/// Cases of the public CEL conformance suite, one JSON object a line: a request of cel-eval with `file`, `section`, `test` and
/// what is expected. The file is not part of the repository.
@Suite struct ConformanceTests {
  private static let path: String? = {
    if let named = getenv("APT_GATE_CEL_CASES") { return String(cString: named) }
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let beside = "/" + root + "/../shared/conformance/cel.jsonl"
    return access(beside, R_OK) == 0 ? beside : nil
  }()

  /// The one case that cannot pass; docs/protocols/cel.md says why.
  private static let knownFailures: Set<String> = ["parse/bytes_literals/triple_single_quoted_unescaped_punctuation"]

  @Test(.enabled(if: path != nil, "skipped: APT_GATE_CEL_CASES names no file, and ../shared/conformance has none"))
  func passesTheSuite() throws {
    let path = try #require(Self.path)
    let lines = try #require(Self.lines(path), "`\(path)` cannot be read")
    var results: [String: (passed: Int, failed: Int)] = [:]
    for line in lines {
      let test = try JSONReader.read(line)
      let file = test["file"]?.string ?? "?"
      let name = "\(file)/\(test["section"]?.string ?? "?")/\(test["test"]?.string ?? "?")"
      let answer = Answer.answer(line)
      let passes = Self.fits(answer, test)
      results[file, default: (0, 0)].passed += passes ? 1 : 0
      results[file, default: (0, 0)].failed += passes ? 0 : 1
      #expect(passes || Self.knownFailures.contains(name), "\(name): `\(test["expr"]?.string ?? "")` gives \(answer)")
    }
    for (file, result) in results.sorted(by: { $0.key < $1.key }) {
      print("\(file): \(result.passed) passed, \(result.failed) failed")
    }
    print("all: \(results.values.reduce(0) { $0 + $1.passed }) of \(lines.count) passed")
    #expect(!lines.isEmpty)
  }

  private static func lines(_ path: String) -> [[UInt8]]? {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else { break }
      bytes += chunk.prefix(count)
    }
    return bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
  }

  private static func fits(_ answer: JSON, _ test: JSON) -> Bool {
    guard let expected = test["expect"] else { return false }
    if let type = expected["deduced_type"]?.string, answer["type"]?.string != type { return false }
    if expected["error"] != nil { return answer["error"] != nil }
    guard let value = expected["value"], !(test["check_only"]?.isTrue ?? false) else { return answer["error"] == nil }
    guard let wanted = try? ValueCoding.decode(value),
      let found = answer["value"].flatMap({ try? ValueCoding.decode($0) })
    else { return false }
    return Identity.areSame(wanted, found)
  }
}

/// Sameness as the suite has it: the same type and the same value, NaN the same as NaN, maps in any order.
enum Identity {
  static func areSame(_ a: Value, _ b: Value) -> Bool {
    guard a.typeName == b.typeName else { return false }
    switch (a, b) {
    case (.double(let a), .double(let b)): return a == b || a.isNaN && b.isNaN
    case (.list(let a), .list(let b)): return a.count == b.count && zip(a, b).allSatisfy(areSame)
    case (.map(let a), .map(let b)):
      guard a.count == b.count else { return false }
      return zip(a.keys, a.values).allSatisfy { key, value in b[key: key].map { areSame(value, $0) } ?? false }
    default: return a.isEqual(to: b)
    }
  }
}
