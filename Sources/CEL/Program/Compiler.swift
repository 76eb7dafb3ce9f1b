/// Turns a tree into instructions: names become places, constants are folded, patterns compiled.
struct Compiler {
  let environment: Environment
  private var scope: [(name: String, load: any Instruction)] = []
  private var localCount = 0
  private var blockValueCount = 0
  var patternCount = 0
  private var parts: [CompiledPart] = []

  /// Steps folding one constant may take; what takes more is left to the evaluation.
  private static let foldingSteps = 1_000

  private init(environment: Environment) { self.environment = environment }

  static func compile(_ parsed: ParsedExpression, _ environment: Environment) -> Program {
    var compiler = Compiler(environment: environment)
    let root = compiler.compile(parsed.root)
    let parts = compiler.parts.sorted {
      $0.range.lower != $1.range.lower ? $0.range.lower < $1.range.lower : $0.range.upper > $1.range.upper
    }
    return Program(
      source: parsed.source, root: root, localCount: compiler.localCount, blockValueCount: compiler.blockValueCount,
      compiledParts: parts)
  }

  mutating func compile(_ node: Expression) -> any Instruction {
    let instruction = instruction(node)
    let isPart = scope.isEmpty && !(instruction is Constant) && !(instruction is Failing)
    if isPart { parts.append(CompiledPart(range: node.range, role: Program.Part.Role(node), instruction: instruction)) }
    return instruction
  }

  private mutating func instruction(_ node: Expression) -> any Instruction {
    let offset = node.anchor.lower
    switch node.kind {
    case .literal(let value): return Constant(value)
    case .identifier(let name): return identifier(name, offset)
    case .select(let operand, let field, let mode): return select(node, operand, field, mode)
    case .call(let name, let arguments): return call(name, arguments, offset)
    case .member(let target, let name, let arguments): return member(target, name, arguments, offset)
    case .list(let elements):
      let compiled = elements.map { (value: compile($0.value), isOptional: $0.isOptional) }
      return fold(ListConstruction(compiled, offset: offset), compiled.map(\.value))
    case .map(let entries):
      let compiled = entries.map {
        MapConstruction.Entry(key: compile($0.key), value: compile($0.value), isOptional: $0.isOptional)
      }
      return fold(MapConstruction(compiled, offset: offset), compiled.flatMap { [$0.key, $0.value] })
    case .message(let name, _):
      return Failing(EvaluationFailure(.undeclared, "`\(name)` cannot be constructed", offset: offset))
    case .comprehension(let macro): return loop(macro, offset)
    case .bind(let name, let value, let body): return bind(name, value, body)
    case .optionalMap(let target, let name, let body, let isFlat):
      return optionalMap(target, name, body, isFlat, offset)
    case .block(let values, let body): return block(values, body)
    case .invalid: return Failing(EvaluationFailure(.undeclared, "the expression could not be read", offset: offset))
    }
  }

  /// The constant an operation on constants gives; the operation itself where it fails or is expensive.
  func fold(_ instruction: any Instruction, _ operands: [any Instruction]) -> any Instruction {
    guard operands.allSatisfy({ $0 is Constant }) else { return instruction }
    var frame = Frame(budget: Budget(steps: Self.foldingSteps), variables: [])
    guard let value = try? instruction.evaluate(&frame) else { return instruction }
    return Constant(value)
  }

  mutating func newSlot() -> Int {
    localCount += 1
    return localCount - 1
  }

  mutating func with(_ names: [(String, any Instruction)], _ body: Expression) -> any Instruction {
    scope += names.map { (name: $0.0, load: $0.1) }
    defer { scope.removeLast(names.count) }
    return compile(body)
  }

  func local(_ name: String) -> (any Instruction)? { scope.last { $0.name == name }?.load }

  private mutating func block(_ values: [Expression], _ body: Expression) -> any Instruction {
    let depth = scope.count
    var compiled: [(slot: Int, instruction: any Instruction)] = []
    for (number, value) in values.enumerated() {
      let slot = blockValueCount
      blockValueCount += 1
      compiled.append((slot, withoutParts { $0.compile(value) }))
      scope.append((name: "@index:\(number)", load: BlockLoad(slot)))
    }
    defer { scope.removeLast(scope.count - depth) }
    return Block(compiled, compile(body))
  }

  /// Compiles what has no value of its own outside of what is around it.
  private mutating func withoutParts(_ body: (inout Compiler) -> any Instruction) -> any Instruction {
    let before = parts
    defer { parts = before }
    return body(&self)
  }
}
