import GateModel
import PackageAnalysis
import Testing

/// What the differential test found, each made small: the claim is held against a real shell again, and written out.
@Suite struct DifferentialRegressionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var script: String
    var claims: [String]

    init(_ name: String, _ script: String, _ claims: [String]) {
      self.name = name
      self.script = script
      self.claims = claims
    }

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case("an empty assignment before a command", "d= systemctl s1", ["certain systemctl s1"]),
    Case(
      "a parameter that may be empty before a command",
      "while read c d; do $c systemctl s1; done <<EOF\nw1\n$d\nEOF", ["possible systemctl s1"]),
    Case(
      "a pattern that may be one of several",
      "case w1 in ${ENVA:=w1}) systemctl s1;; esac", ["possible systemctl s1"]),
    Case("the trap at the end", "trap 'systemctl s1 $a' EXIT\na=w1", ["certain systemctl s1 w1"]),
    Case(
      "the trap at an exit", "trap 'systemctl s1 $a' EXIT\na=w1\nmaybe && exit 0\na=w2",
      ["possible systemctl s1 w1", "possible systemctl s1 w2"]),
    Case(
      "the trap where set -e may end the script", "set -e\ntrap 'systemctl s1 $a' EXIT\nmaybe\na=w1",
      ["possible systemctl s1", "certain systemctl s1 w1"]),
    Case(
      "exec does not run the trap", "trap 'systemctl s1' EXIT\nmaybe && exec service s2",
      ["possible systemctl s1", "possible service s2"]),
    Case(
      "a failing exit of a subshell is no failure of the script",
      "( maybe || exit 1; systemctl s1 ) || true", ["possible systemctl s1"]),
    Case(
      "a failing exit of a subshell with set -e is one", "set -e\n( maybe || exit 1; systemctl s1 )",
      ["certain systemctl s1"]),
    Case(
      "set -e in a pipeline before its last command", "set -e\n{ maybe; systemctl s1; } | cat",
      ["possible systemctl s1"]),
    Case("set -e and a list in braces", "set -e\n{ false && true; }\nsystemctl s1", ["certain systemctl s1"]),
    Case("set -e and a negation", "set -e\n! true\nsystemctl s1", ["certain systemctl s1"]),
    Case(
      "break ends a loop in success", "for a in w1; do maybe || break; done && systemctl s1", ["certain systemctl s1"]),
    Case(
      "a loop that ends by its condition ends in success",
      "set -- a b\nwhile [ $# -gt 0 ]; do shift; done && systemctl s1", ["certain systemctl s1"]),
    Case(
      "the condition of a loop sets variables", "a=w1\nwhile read a; do :; done <<EOF\n$d\nEOF\nsystemctl s1 $a",
      ["certain systemctl s1 ?"]),
    Case(
      "a local on one way only", "f() { if maybe; then local a=w2; else a=w3; fi; }\na=w1\nf\nsystemctl s1 $a",
      ["possible systemctl s1 w1", "possible systemctl s1 w2", "possible systemctl s1 w3"]),
    Case(
      "a local in a subshell", "f() { (local a=w2); a=w3; }\nf\nsystemctl s1 $a", ["certain systemctl s1 w3"]),
    Case(
      "a local keeps the value in some shells", "f() { local a; systemctl s1 $a; }\na=w1\nf",
      ["possible systemctl s1 w1", "possible systemctl s1"]),
    Case("a local is not split", "f() { local a=$1; systemctl s1 \"$a\"; }\nf 'w1 w2'", ["certain systemctl s1 w1 w2"]),
    Case(
      "parameters in an exported assignment", "export d=\"$@\"\nsystemctl s1 \"$d\"",
      ["certain systemctl s1 configure 1"]),
    Case(
      "a shift too far ends a shell, or does not", "( maybe || shift 7 || true ) || systemctl s1",
      ["possible systemctl s1"]),
    Case(
      "parameters of which not even the number is known",
      "set -- a ''\nwhile maybe; do sh -c 'systemctl s1 $#' - \"$@\"; [ $# -gt 0 ] || break; shift; done",
      ["possible systemctl s1 2", "possible systemctl s1 ?"]),
    Case(
      "a default that runs a command", "a=${ENVA:-$(systemctl s1)}", ["possible systemctl s1"]),
    Case(
      "a function that may not be defined", "if maybe; then service() { systemctl s1; }; fi\nservice s2",
      ["possible systemctl s1", "possible service s2"]),
    Case("no command at all succeeds", "false || $never && systemctl s1", ["certain systemctl s1"]),
    Case(
      "the second turn after a continue", "for a in w1 w2; do systemctl s1 $a; maybe && continue; done",
      ["certain systemctl s1 w1", "certain systemctl s1 w2"]),
  ]

  @Test(.enabled(if: DifferentialTests.hasDash, "no dash on this machine"))
  func claimsHold() throws {
    let scripts = Self.cases.map {
      GeneratedScript(firstLine: "#!/bin/sh", arguments: ["configure", "1"], statements: [.line($0.script)])
    }
    for shell in DifferentialTests.shells {
      let recorded = try DifferentialRun(shell: shell, runs: 16).record(scripts)
      for (index, runs) in recorded.enumerated() {
        let comparison = DifferentialRun.compare(scripts[index], runs)
        #expect(comparison?.holds == true, "\(Self.cases[index].name) in \(shell): \(String(describing: comparison))")
        #expect(shell != "/bin/dash" || runs.contains { !$0.calls.isEmpty }, "\(Self.cases[index].name) calls nothing")
      }
    }
  }

  @Test(arguments: cases) func isClaimed(_ example: Case) {
    let script = ScriptUnderTest(text: "#!/bin/sh\n" + example.script, arguments: ["configure", "1"])
    #expect(script.calls.sorted() == example.claims.sorted())
  }
}
