/// One form of a function: what it takes, what it gives, and how it is computed.
public struct Overload: Sendable {
  /// Unique within its function.
  public let id: String
  /// The types it takes; of a method, the receiver first.
  public let parameters: [ValueType]
  /// The type of what it gives.
  public let result: ValueType
  /// Whether it is called as `receiver.name(...)`.
  public let isMember: Bool
  let implementation: Implementation
  /// Whether its types have parameters.
  let isGeneric: Bool

  /// How an overload is computed. It must give the same result for the same arguments, and charge the budget for work
  /// in proportion to their size.
  public enum Implementation: Sendable {
    case unary(@Sendable (Value, inout Budget) throws(EvaluationFailure) -> Value)
    case binary(@Sendable (Value, Value, inout Budget) throws(EvaluationFailure) -> Value)
    case many(@Sendable ([Value], inout Budget) throws(EvaluationFailure) -> Value)
    /// Declared for the checker only: calling it is an error, unless the language itself computes it.
    case none
  }

  /// An overload; without an implementation it is known to the checker only.
  public init(
    _ id: String, _ parameters: [ValueType], _ result: ValueType, isMember: Bool = false,
    _ implementation: Implementation = .none
  ) {
    self.id = id
    self.parameters = parameters
    self.result = result
    self.isMember = isMember
    self.implementation = implementation
    isGeneric = parameters.contains(where: \.hasTypeParameter) || result.hasTypeParameter
  }

  /// Whether the values are of the types the overload takes, as far as a value shows its type.
  func accepts(_ values: [Value]) -> Bool {
    values.count == parameters.count && zip(parameters, values).allSatisfy { $0.accepts($1) }
  }
}

extension ValueType {
  /// Whether a value is of this type on the outside; elements are not looked at.
  func accepts(_ value: Value) -> Bool {
    switch (self, value) {
    case (.dyn, _), (.parameter, _), (.error, _), (.variable, _): true
    case (.null, .null), (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double), (.string, .string),
      (.bytes, .bytes), (.timestamp, .timestamp), (.duration, .duration), (.list, .list), (.map, .map), (.type, .type),
      (.optional, .optional), (.record, .map):
      true
    case (.wrapper, .null): true
    case (.wrapper(let inner), _): inner.accepts(value)
    case (.opaque(let name, _), _): name == value.typeName
    default: false
    }
  }
}
