import CEL
import Testing

@Suite struct CheckerTests {
  private static var environment: Environment {
    var environment = Environment(container: "com.example")
    environment.declare("x", .int)
    environment.declare("xs", .list(.int))
    environment.declare("com.example.y", .string)
    environment.declare("update", .record("Update"))
    environment.declare(record: "Update", fields: ["source": .string, "size": .int, "tags": .list(.string)])
    return environment
  }

  private static func type(_ text: String) -> String {
    do throws(Issues) {
      return try environment.check(environment.parse(text)).type.description
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    ("[]", "list(dyn)"), ("[1] + [dyn('a')]", "list(dyn)"), ("optional.of(1).orValue(dyn(2))", "dyn"),
    ("[optional.of(dyn(1)), optional.of(1)]", "list(optional_type(dyn))"),
    ("[optional.none(), optional.of(1)]", "list(optional_type(int))"),
    ("[null, timestamp(0)]", "list(timestamp)"), ("math.greatest('a')", "1:6: `math.greatest` does not take (string)"),
    ("{}", "map(dyn, dyn)"), ("[1, 'a']", "list(dyn)"), ("[[], [1]]", "list(list(int))"),
    ("[1, null]", "list(dyn)"), ("xs.map(i, string(i))", "list(string)"), ("{'a': xs}['a'][0]", "int"),
    ("xs.transformMap(i, v, v > 1)", "map(int, bool)"), ("y", "string"), (".com.example.y", "string"),
    ("update.tags.exists(t, t == update.source)", "bool"), ("type(1)", "type(int)"),
    ("optional.none()", "optional_type(dyn)"),
    ("true ? null : timestamp(0)", "timestamp"), ("[?xs[?0]]", "list(int)"), ("dyn(1) + 1", "int"),
    ("x == null", "1:3: `==` does not apply to `int` and `null_type`"), ("timestamp(0) == null", "bool"),
  ])
  func deducesTypes(_ expression: String, _ expected: String) {
    #expect(Self.type(expression) == expected)
  }

  @Test(arguments: [
    ("x + 'a'", "1:3: `+` does not apply to `int` and `string`"),
    ("sourc", "1:1: `sourc` is not declared"),
    ("xz", "1:1: `xz` is not declared; did you mean `x`?"),
    ("update.sorce", "1:8: `Update` has no field `sorce`; did you mean `source`?"),
    ("update.q", "1:8: `Update` has no field `q`; it has `size`, `source`, `tags`"),
    ("x.startWith('a')", "1:3: there is no function `startWith`; did you mean `startsWith`?"),
    ("update.source.matches('(')", "1:23: `(` is not a pattern RE2 takes: missing ): ("),
    ("x ? 1 : 2", "1:1: the condition is `int`, not `bool`"),
    ("true ? 1 : 'a'", "1:6: the branches have different types, `int` and `string`"),
    ("xs.all(i, i)", "1:11: the condition is `int`, not `bool`"),
    ("x.all(i, true)", "1:1: expected a list or a map, found `int`"),
    ("{1.0: 2}", "1:2: a map's key is a bool, an int, a uint or a string, not `double`"),
    (
      "1 == 'a' &&\n  y == 2",
      "1:3: `==` does not apply to `int` and `string`\n2:5: `==` does not apply to `string` and `int`"
    ),
  ])
  func reportsAllIssues(_ expression: String, _ expected: String) {
    #expect(Self.type(expression) == expected)
  }

  @Test func requiresTheResult() throws {
    #expect(throws: Issues.self) { try Self.environment.compile("x", result: .bool) }
    #expect(throws: Never.self) { try Self.environment.compile("dyn(x)", result: .bool) }
  }

  @Test func listsVariablesAndBoundsCost() throws {
    let environment = Self.environment
    let small = try environment.check(environment.parse("x == 1 || y == 'a'"))
    #expect(small.variables == ["com.example.y", "x"])
    #expect(small.cost.minimum > 0 && small.cost.minimum <= small.cost.maximum)
    let nested = try environment.check(environment.parse("xs.all(a, xs.all(b, xs.all(c, a + b == c)))"))
    #expect(nested.cost.maximum > 1_000_000_000)
    let literal = try environment.check(environment.parse("[1, 2].all(a, a > 0)"))
    #expect(literal.cost.maximum < 100)
  }
}
