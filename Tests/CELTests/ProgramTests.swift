import CEL
import Testing

@Suite struct ProgramTests {
  @Test func readsVariables() throws {
    var environment = Environment()
    environment.declare("a.b", .int)
    let program = try environment.compile("a.b + 1")
    var activation = environment.activation()
    #expect(Evaluation.text(program, activation) == "error: `a.b` has no value")
    activation["a.b"] = .int(41)
    #expect(Evaluation.text(program, activation) == "42")
  }

  @Test func saysWhereItFailed() throws {
    let program = try Environment().compile("[1, 2].map(x,\n  1 / (x - 2))")
    let failure = #expect(throws: EvaluationFailure.self) { try program.evaluate(Environment().activation()) }
    let position = try #require(failure?.offset.map(program.source.position))
    #expect(position == SourceText("[1, 2].map(x,\n  1 / (x - 2))").position(at: 18))
    #expect(position.line == 2 && position.column == 5)
  }

  @Test(arguments: [
    "[0,1,2,3,4,5,6,7,8,9].all(a, [0,1,2,3,4,5,6,7,8,9].all(b, [0,1,2,3,4,5,6,7,8,9].all(c, [0,1,2,3,4,5,6,7,8,9].all(d, "
      + "[0,1,2,3,4,5,6,7,8,9].all(e, [0,1,2,3,4,5,6,7,8,9].all(f, a + b + c + d + e + f >= 0))))))",
    (0..<60).reversed().reduce("x59 == x59") {
      "cel.bind(x\($1), \($1 == 0 ? "[1]" : "[x\($1 - 1), x\($1 - 1)]"), \($0))"
    },
    (0..<60).reversed().reduce("x59.size() > 0") {
      "cel.bind(x\($1), \($1 == 0 ? "'aaaaaaaa'" : "x\($1 - 1) + x\($1 - 1)"), \($0))"
    },
    (0..<60).reversed().reduce("'%s'.format([x59]) == ''") {
      "cel.bind(x\($1), \($1 == 0 ? "[1]" : "[x\($1 - 1), x\($1 - 1)]"), \($0))"
    },
  ])
  func endsWithItsBudget(_ expression: String) throws {
    let program = try Environment().compile(expression)
    let failure = #expect(throws: EvaluationFailure.self) { try program.evaluate(Environment().activation()) }
    #expect(failure?.code == .budgetExceeded)
  }

  /// Texts far larger than their expression, read again and again.
  @Test(arguments: [
    "{k: 1}[k] == 1", "k in {k: 1}", "timestamp(k) == timestamp(k) || true", "k == k", "k < k || true", "k.size() > 0",
  ])
  func chargesForReadingTexts(_ expression: String) throws {
    let long = (0..<18).reduce("'0123456789abcdef'") { text, step in "cel.bind(k\(step), \(text), k\(step) + k\(step))"
    }
    let loop = "[0,1,2,3,4,5,6,7,8,9].all(a, [0,1,2,3,4,5,6,7,8,9].all(b, [0,1,2,3,4,5,6,7,8,9].all(c, \(expression))))"
    let program = try Environment().compile("cel.bind(k, \(long), \(loop))")
    let failure = #expect(throws: EvaluationFailure.self) { try program.evaluate(Environment().activation()) }
    #expect(failure?.code == .budgetExceeded)
  }

  /// The highest and the most nested expressions the parser lets through, and the deepest values they make.
  @Test func standsItsOwnLimits() {
    var environment = Environment()
    environment.readsBlocks = true
    let chain = Array(repeating: "1", count: 390).joined(separator: " + ")
    #expect(Evaluation.text(chain) == "390")
    #expect(Evaluation.text(String(repeating: "(", count: 90) + "1" + String(repeating: ")", count: 90)) == "1")
    #expect(Evaluation.text(Self.nested(4) + " == 1", environment) == "false")
    #expect(Evaluation.text(Self.nested(100), environment) == "error: 1:1: the values are nested more than 400 deep")
    let sums = (0..<100).map { ($0 == 0 ? "1" : "cel.index(\($0 - 1))") + String(repeating: " + 1", count: 300) }
    #expect(Evaluation.text("cel.block([\(sums.joined(separator: ", "))], cel.index(99))", environment) == "30001")
  }

  /// A block whose values each nest the one before 90 deep.
  private static func nested(_ count: Int) -> String {
    let open = String(repeating: "[", count: 90)
    let close = String(repeating: "]", count: 90)
    let values = (0..<count).map { open + ($0 == 0 ? "1" : "cel.index(\($0 - 1))") + close }
    return "cel.block([\(values.joined(separator: ", "))], dyn(cel.index(\(count - 1))))"
  }

  @Test func checksWideExpressions() {
    let names = (0..<8_000).map { "size([]) + unknown\($0)()" }.joined(separator: ",")
    #expect(Evaluation.text("[\(names)]").hasPrefix("error: "))
  }

  @Test func budgetIsNotAbsorbed() throws {
    let program = try Environment().compile("[1,2,3,4,5].all(x, [1,2,3,4,5].all(y, x + y > 0)) || true")
    let failure = #expect(throws: EvaluationFailure.self) {
      try program.evaluate(Environment().activation(), steps: 20)
    }
    #expect(failure?.code == .budgetExceeded)
  }

  @Test func showsItsParts() throws {
    var environment = Environment()
    environment.declare("port", .int)
    environment.declare("host", .string)
    let program = try environment.compile("port == 80 && (host == 'a' || [1].exists(x, x == port))")
    var activation = environment.activation()
    activation["port"] = .int(80)
    activation["host"] = .string("b")
    let parts = program.parts(activation).map { part in
      "\(part.text) = \((try? part.result.get()).map(Evaluation.text) ?? "error")"
    }
    #expect(
      parts == [
        "port == 80 && (host == 'a' || [1].exists(x, x == port)) = false", "port == 80 = true", "port = 80",
        "(host == 'a' || [1].exists(x, x == port)) = false", "host == 'a' = false", "host = 'b'",
        "[1].exists(x, x == port) = false",
      ])
    let comparison = try #require(program.parts(activation).first { $0.text == "port == 80" })
    #expect(comparison.role == .comparison("=="))
    #expect(comparison.sides.map { (try? $0.get()).map(Evaluation.text) } == ["80", "80"])
  }

  @Test func callsDeclaredFunctions() throws {
    var environment = Environment()
    environment.declare(
      function: "twice",
      Overload(
        "twice_int", [.int], .int,
        .unary { (value, budget) throws(EvaluationFailure) in
          try budget.spend(1)
          guard case .int(let number) = value else { throw EvaluationFailure(.invalidArgument, "`twice` wants an int") }
          return .int(number * 2)
        }))
    #expect(Evaluation.text("twice(4) + 1", environment) == "9")
    #expect(Evaluation.text("twice(dyn('a'))", environment) == "error: `twice` does not take (string)")
  }
}
