import TestSupport
import Foundation
import PackageAnalysis

/// Generates scripts, runs them for real, and holds the interpreter's claims against what happened.
struct DifferentialRun {
  struct Violation: CustomStringConvertible {
    var script: GeneratedScript
    var comparison: DifferentialComparison
    var shell: String

    var description: String {
      """
      \(shell), arguments \(script.arguments)
      missing \(comparison.missing)
      not certain \(comparison.notCertain)
      \(script.text)
      """
    }
  }

  var shell: String
  var runs: Int
  private(set) var scripts = 0
  private(set) var incomplete = 0
  private(set) var claims = 0
  private(set) var neverSeen: [(script: GeneratedScript, claims: [String])] = []
  private(set) var successes = 0
  private(set) var violations: [Violation] = []

  init(shell: String, runs: Int) {
    self.shell = shell
    self.runs = runs
  }

  /// Runs `count` scripts, each with its own seed from `seed` on.
  mutating func check(seed: UInt64, count: Int) throws {
    let scripts = (0..<count).map { index -> GeneratedScript in
      var generator = ScriptGenerator(seed: seed &+ UInt64(index))
      return generator.script()
    }
    let recorded = try record(scripts)
    for (script, runs) in zip(scripts, recorded) { take(script, runs) }
  }

  /// What the shell does with `scripts`.
  func record(_ scripts: [GeneratedScript]) throws -> [[RecordedRun]] {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("apt-gate-shell-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    return try RealShell(shell: shell, directory: directory).run(scripts, answers: Self.answers(runs))
  }

  /// All yes, all no, and then at random: digits up to 3 say no, 0 makes a tool fail.
  private static func answers(_ count: Int) -> [[UInt8]] {
    var random = Seed(value: 1)
    return (0..<count).map { run in
      let digits: [UInt8] = run == 0 ? [7] : run == 1 ? [1] : run % 5 == 2 ? [1, 2, 5, 6] : Array(0...7)
      return (0..<RealShell.answersPerRun).flatMap { _ in [48 + (digits.randomElement(using: &random) ?? 1), 10] }
    }
  }

  private mutating func take(_ script: GeneratedScript, _ runs: [RecordedRun]) {
    scripts += 1
    successes += runs.count { $0.succeeded }
    guard let comparison = Self.compare(script, runs) else { return incomplete += 1 }
    claims += comparison.claims
    if !comparison.neverSeen.isEmpty { neverSeen.append((script, comparison.neverSeen)) }
    if !comparison.holds { violations.append(Violation(script: script, comparison: comparison, shell: shell)) }
  }

  private func violation(by script: GeneratedScript, _ runs: [RecordedRun]) -> Violation? {
    guard let comparison = Self.compare(script, runs), !comparison.holds else { return nil }
    return Violation(script: script, comparison: comparison, shell: shell)
  }

  /// nil if the interpreter says that it could not follow the script to its end.
  static func compare(_ script: GeneratedScript, _ runs: [RecordedRun]) -> DifferentialComparison? {
    let report = ScriptUnderTest(text: script.text, arguments: script.arguments).report
    return report.isIncomplete ? nil : DifferentialComparison(of: report, with: runs)
  }

  /// The smallest script to be had from this one by leaving parts out that still breaks a law.
  func shrunk(_ violation: Violation) throws -> Violation {
    var smallest = violation
    while let next = try smaller(than: smallest) { smallest = next }
    return smallest
  }

  /// The smallest of the scripts one step smaller that still breaks a law: a few at a time are run.
  private func smaller(than violation: Violation) throws -> Violation? {
    var candidates = violation.script.smaller.sorted { $0.text.utf8.count < $1.text.utf8.count }[...]
    while !candidates.isEmpty {
      let some = Array(candidates.prefix(8))
      candidates = candidates.dropFirst(8)
      let recorded = try record(some)
      if let next = zip(some, recorded).lazy.compactMap({ self.violation(by: $0, $1) }).first { return next }
    }
    return nil
  }
}
