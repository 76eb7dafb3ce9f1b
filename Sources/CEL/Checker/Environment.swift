/// What an expression may use: variables, records, functions, and the container its names are resolved in.
///
/// A value type: declare everything, then parse, check and compile as many expressions as needed, from any thread.
/// Programs of one environment share its `Activation`s.
public struct Environment: Sendable {
  /// The namespace relative names are looked up in first, such as `com.example`; empty for none.
  public var container: String
  /// Whether macros are expanded. Without them `has`, `all` and the others are ordinary, unknown functions.
  public var expandsMacros = true
  /// Whether `cel.block`, `cel.index` and `cel.iterVar` are read, the form optimizers write common subexpressions in.
  public var readsBlocks = false
  /// How large a list, map or text of unknown size is taken to be when the cost of an expression is bounded.
  public var assumedSize = 1_000

  private(set) var variables: [String: Variable] = [:]
  private(set) var records: [String: [String: ValueType]] = [:]
  private(set) var functions: [String: [Overload]]

  struct Variable: Sendable {
    let type: ValueType
    let index: Int
  }

  /// An environment with the standard library and all extensions.
  public init(container: String = "") {
    self.container = container
    functions = StandardLibrary.functions
  }

  /// Declares a variable, or changes the type of one. Names may be qualified, such as `request.path`.
  public mutating func declare(_ name: String, _ type: ValueType) {
    variables[name] = Variable(type: type, index: variables[name]?.index ?? variables.count)
  }

  /// Whether there is a variable of that full name.
  public func declares(_ name: String) -> Bool { variables[name] != nil }

  /// Declares the fields of `ValueType.record(name)`. A field that a value lacks is an error when it is read; `has` asks.
  public mutating func declare(record name: String, fields: [String: ValueType]) { records[name] = fields }

  /// Adds an overload to a function; one with the same id is replaced.
  public mutating func declare(function name: String, _ overload: Overload) {
    functions[name, default: []].removeAll { $0.id == overload.id }
    functions[name, default: []].append(overload)
  }
}

extension Environment {
  /// Reads an expression. Throws all the issues found in it.
  public func parse(_ text: String) throws(Issues) -> ParsedExpression {
    let options = ParserOptions(expandsMacros: expandsMacros, expandsBlocks: readsBlocks)
    return try Parser.parse(SourceText(text), options)
  }

  /// Finds the types of an expression and bounds its cost. Throws all the issues found in it.
  public func check(_ expression: ParsedExpression) throws(Issues) -> CheckedExpression {
    try Checker.check(expression, self)
  }

  /// Compiles a checked expression.
  public func program(_ expression: CheckedExpression) -> Program {
    Compiler.compile(expression.parsed, self)
  }

  /// Compiles an expression without checking it: what does not fit is an error when it is evaluated.
  public func program(unchecked expression: ParsedExpression) -> Program {
    Compiler.compile(expression, self)
  }

  /// Reads, checks and compiles in one go; with `result`, also requires the type.
  public func compile(_ text: String, result: ValueType? = nil) throws(Issues) -> Program {
    let checked = try check(try parse(text))
    if let result { try checked.require(result) }
    return program(checked)
  }

  /// An activation without values, for all programs of this environment.
  public func activation() -> Activation { Activation(self) }
}
