import CEL

/// Evaluates expressions the short way, for tests.
enum Evaluation {
  /// The text of the value, or `error: ` and what is wrong.
  static func text(_ expression: String, _ environment: Environment = Environment(), checked: Bool = true) -> String {
    do throws(Issues) {
      let parsed = try environment.parse(expression)
      let program =
        checked ? environment.program(try environment.check(parsed)) : environment.program(unchecked: parsed)
      return text(program, environment.activation())
    } catch {
      return "error: \(error)"
    }
  }

  static func text(_ program: Program, _ activation: Activation) -> String {
    do throws(EvaluationFailure) { return text(try program.evaluate(activation)) } catch {
      return "error: \(error.message)"
    }
  }

  static func text(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .uint(let value): "\(value)u"
    case .double(let value): "\(value)"
    case .string(let value): "'\(value)'"
    case .bytes(let value): "b" + value.map { String($0, radix: 16) }.joined(separator: ".")
    case .list(let elements): "[" + elements.map(text).joined(separator: ", ") + "]"
    case .map(let map): "{" + zip(map.keys, map.values).map { "\(text($0)): \(text($1))" }.joined(separator: ", ") + "}"
    case .type(let name): "type \(name)"
    case .timestamp(let value): "\(value)"
    case .duration(let value): "\(value)"
    case .optional(let held): held.map { "optional(\(text($0)))" } ?? "none"
    case .ip(let value): "\(value)"
    case .cidr(let value): "\(value)"
    }
  }
}
