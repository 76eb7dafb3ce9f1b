import GateModel
import PackageAnalysis
import TestSupport
import Testing

/// Whatever stands in a script: an answer, in bounded time.
@Suite struct HostileScriptTests {
  @Test(arguments: [
    "while :; do x=\"$x$x\"; done", "f() { f; }\nf", "f() { f; f; }\nf", "for a in $x; do f() { f; }; f; done",
    ":(){ :|:& };:", "x=a; while [ \"$x\" != b ]; do x=a$x; done", "eval eval eval eval 'eval x=1'",
    "while true; do while true; do while true; do systemctl stop $x; x=$x$y; done; done; done",
    ". \"$0\"", "trap 'trap \"$0\" EXIT' EXIT; exit", "set -- $@ $@ $@ $@", "case $x in", "${", "$((", "<<EOF", "`",
    "'", "\"",
    "a=(", "if", "fi", ")", "}", ";;", "&&", "|", "!", "\\", "((", "[[", "[[ a", "$(", "$($($($(", "function", "for",
    "<<", ">&",
  ])
  func endsWithAnAnswer(script: String) {
    _ = effects(script)
    _ = effects("systemctl stop a\n" + script + "\nsystemctl stop b\n")
  }

  @Test(arguments: ["(", "{ ", "$(", "\"$(", "if true; then ", "${x:-", "while ", "[[ ( ", "`", "case x in x) ", "! "])
  func deepNestingIsRefused(opening: String) {
    let lines = effects(String(repeating: opening, count: 5_000))
    #expect(lines == [] || lines.contains { $0.contains("unknown") })
  }

  @Test func manyWaysDoNotMultiply() {
    let branches = (0..<200).map { "if a; then x=${x}\($0); else y=${y}\($0); fi" }.joined(separator: "\n")
    let lines = effects(branches + "\nsystemctl restart $x$y")
    #expect(lines.contains { $0.hasPrefix("possible restart") }, "\(lines)")
  }

  /// Law: any mutation of a script gives an answer.
  @Test func mutationsGiveAnAnswer() {
    let seed = TestSeed.named("script mutations")
    var random = Seed(value: seed)
    let base = Array(
      #"""
      #!/bin/sh -e
      f() { local a="${1:-x}" b=$(echo "$a" | sed 's/x/y/'); case "$a" in [a-z]*|'b c') systemctl "$b" `echo u`;; *) return 1;; esac; }
      while [ $# -gt 0 ] && ! f "$@"; do shift || break; done <<EOF
      $(cat /etc/x) ${y##*/}
      EOF
      for i in a b*.c "$z"; do [ -n "$i" -a "$i" != c ] || continue; [[ $i =~ ^a(b|c)$ ]] && invoke-rc.d $i restart; done
      """#.utf8)
    for _ in 0..<3_000 {
      var bytes = base
      for _ in 0...random.below(4) {
        let index = random.below(bytes.count)
        switch random.below(3) {
        case 0: bytes[index] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: index)
        default: bytes.insert(Array("'\"`$(){}[];|&<>\n\\#".utf8)[random.below(18)], at: index)
        }
      }
      _ = ScriptUnderTest(text: String(decoding: bytes, as: UTF8.self)).report
    }
  }
}
