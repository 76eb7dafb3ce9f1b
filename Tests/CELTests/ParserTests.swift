import CEL
import Testing

@Suite struct ParserTests {
  private static func issues(_ text: String) -> String {
    do throws(Issues) {
      _ = try Environment().parse(text)
      return "none"
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    ("1 +", "1:4: expected a value, found the end"), ("", "1:1: expected a value, found the end"),
    ("(1", "1:3: expected `)`, found the end"), ("1 2", "1:3: expected an operator or the end, found `2`"),
    ("a.if + while", "1:8: `while` is a reserved word; use another name"),
    ("'abc", "1:1: the string is not closed"), ("'\\q'", "1:2: unknown escape; write `\\\\` for a backslash"),
    ("'\\ud800'", "1:2: the escape is not a Unicode code point"),
    ("b'\\u0041'", "1:3: unknown escape; write `\\\\` for a backslash"),
    ("9223372036854775808", "1:1: `9223372036854775808` is out of range"), ("1z", "1:1: `1z` is not a number"),
    ("a ? b", "1:6: expected `:` of the conditional, found the end"),
    (
      "[1, , 2] + {a 1} + f(#)",
      "1:5: expected a value, found `,`\n1:15: expected `:` after the key, found `1`\n1:22: `#` is not part of the language; remove it or put it in quotes"
    ),
    ("has(x)", "1:5: `has` wants a field, as in `has(a.b)`"),
    ("[1].map(1, 2)", "1:9: a macro's variable is a simple name"),
    ("x // comment\n + 1", "none"), ("a.`b-c`.package", "none"), ("[1, 2,]", "none"), ("{'a': 1,}", "none"),
    ("-!a", "1:2: expected a value, found `!`"),
  ])
  func reportsErrorsWithPositions(_ text: String, _ expected: String) { #expect(Self.issues(text) == expected) }

  @Test func boundsDepth() {
    let nested = String(repeating: "(", count: 5_000) + "1" + String(repeating: ")", count: 5_000)
    #expect(Self.issues(nested).contains("nested more than 100 deep"))
    #expect(Self.issues(Array(repeating: "1", count: 5_000).joined(separator: " + ")).contains("400 operations deep"))
    #expect(Self.issues(String(repeating: "[", count: 100_000)).contains("nested more than 100 deep"))
    #expect(Self.issues(String(repeating: "!", count: 50_000) + "true") == "none")
    #expect(Self.issues("a" + String(repeating: ".b", count: 10_000)).contains("400 operations deep"))
  }

  @Test func readsWideExpressions() {
    let terms = (0..<2_000).map { "x == \($0)" }.joined(separator: " || ")
    #expect(Self.issues(terms) == "none")
    #expect(Evaluation.text("[" + Array(repeating: "1", count: 10_000).joined(separator: ",") + "].size()") == "10000")
  }
}
