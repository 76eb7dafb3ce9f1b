extension Checker {
  mutating func select(
    _ expression: Expression, _ operand: Expression, _ field: String, _ mode: Expression.SelectMode
  ) -> ValueType {
    if mode == .plain, let name = expression.qualifiedName, !isLocal(name), let type = global(name) { return type }
    let operandType = shallowType(of: operand)
    let fieldType = fieldType(operandType, field, expression.anchor)
    switch mode {
    case .plain: return fieldType
    case .test: return .bool
    case .optional:
      if case .optional = fieldType { return fieldType }
      return .optional(fieldType)
    }
  }

  /// Whether a qualified name begins with a variable of a macro.
  func isLocal(_ qualified: String) -> Bool {
    guard !scope.isEmpty else { return false }
    return local(String(qualified.prefix { $0 != "." })) != nil
  }

  private mutating func fieldType(_ operand: ValueType, _ field: String, _ anchor: SourceRange) -> ValueType {
    switch operand {
    case .dyn, .error: return operand
    case .map(_, let value): return value
    case .variable:
      _ = unifier.assign([.dyn], to: [operand])
      return .dyn
    case .optional(let inner): return .optional(fieldType(unifier.shallow(inner), field, anchor))
    case .record(let name): return recordField(name, field, anchor)
    default: return report("`\(shown(operand))` has no fields, so `\(field)` cannot be read", at: anchor)
    }
  }

  private mutating func recordField(_ record: String, _ field: String, _ anchor: SourceRange) -> ValueType {
    guard let fields = environment.records[record] else { return .dyn }
    if let type = fields[field] { return type }
    guard let near = Spelling.nearest(to: field, in: fields.keys) else {
      let known = fields.keys.sorted().prefix(12).map { "`\($0)`" }.joined(separator: ", ")
      return report("`\(record)` has no field `\(field)`; it has \(known)", at: anchor)
    }
    return report("`\(record)` has no field `\(field)`; did you mean `\(near)`?", at: anchor)
  }
}
