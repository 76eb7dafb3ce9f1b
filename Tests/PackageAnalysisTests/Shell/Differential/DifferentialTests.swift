import Foundation
import PackageAnalysis
import Testing

/// The interpreter against real shells, over scripts that a seed generates.
///
/// Laws: every call that a real run makes is claimed (soundness); a call that is claimed to be certain is made in every
/// run that ends with status 0 (certainty). A claim that no run bears out is printed, not a failure.
///
/// `APT_GATE_DIFFERENTIAL_SCRIPTS` sets the number of scripts, `APT_GATE_DIFFERENTIAL_SEED` the first seed; without one
/// the same scripts run each time, so that a change of the project fails by its own fault only. To search: a seed of your own.
@Suite(.serialized) struct DifferentialTests {
  private static let environment = ProcessInfo.processInfo.environment
  static let shells = ["/bin/dash", "/bin/bash"].filter { FileManager.default.isExecutableFile(atPath: $0) }
  static let hasDash = shells.contains("/bin/dash")

  @Test(.enabled(if: hasDash, "no dash on this machine"), arguments: shells)
  func claimsHoldInARealShell(shell: String) throws {
    let isDash = shell == "/bin/dash"
    let count = Self.environment["APT_GATE_DIFFERENTIAL_SCRIPTS"].flatMap { Int($0) } ?? (isDash ? 60 : 20)
    let seed = Self.environment["APT_GATE_DIFFERENTIAL_SEED"].flatMap { UInt64($0) } ?? 1
    print("differential test in \(shell): \(count) scripts from seed \(seed) on")
    var run = DifferentialRun(shell: shell, runs: 6)
    try run.check(seed: seed, count: count)
    print(run.summary)
    for violation in run.violations.prefix(3) { Issue.record("\(try run.shrunk(violation))") }
    #expect(run.violations.isEmpty)
    #expect(run.successes > count, "too few runs succeed to say anything")
  }

  /// What no run bears out, over runs with many answers.
  @Test(.enabled(if: hasDash, "no dash on this machine"))
  func imprecisionIsCounted() throws {
    var run = DifferentialRun(shell: "/bin/dash", runs: 64)
    try run.check(seed: 1, count: 4)
    print(run.summary)
    for (script, claims) in run.neverSeen.prefix(1) { print("never seen: \(claims) in\n\(script.text)") }
    #expect(run.scripts == 4)
  }
}

extension DifferentialRun {
  var summary: String {
    let never = neverSeen.reduce(0) { $0 + $1.claims.count }
    return """
      \(shell): \(scripts) scripts, \(incomplete) not followed to the end, \(successes) of \(scripts * runs) runs \
      succeeded, \(claims) claims, \(never) of them never seen, \(violations.count) violations
      """
  }
}
