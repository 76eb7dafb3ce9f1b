internal import CEL
internal import Documents
internal import GateModel

/// The facts about one change as expressions read them; made when the first expression needs them.
final class ConditionFacts {
  let facts: Facts
  private var made: Activation?

  init(_ facts: Facts) { self.facts = facts }

  var activation: Activation {
    if let made { return made }
    let activation = Self.activation(facts)
    made = activation
    return activation
  }

  /// The facts as they would be at another moment, all else staying as it is.
  func activation(at now: GateModel.Timestamp) -> Activation {
    var later = facts
    later.now = now
    var result = activation
    result["now"] = Value(.timestamp(now))
    result["update"] = Value(later.updateValue)
    return result
  }

  var now: GateModel.Timestamp? { facts.now }

  private static func activation(_ facts: Facts) -> Activation {
    var activation = FactSchema.environment.activation()
    for (name, value) in facts.values { activation[name] = Value(value) }
    return activation
  }
}

extension Value {
  /// nil for a moment or duration that CEL cannot express; the fact is then not known.
  init?(_ fact: FactValue) {
    switch fact {
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .string(let value): self = .string(value)
    case .list(let values): self = .list(values.compactMap { Value($0) })
    case .map(let fields): self = .map(MapValue(fields.compactMapValues { Value($0) }))
    case .timestamp(let value):
      guard let moment = CEL.Timestamp(seconds: value.secondsSinceEpoch) else { return nil }
      self = .timestamp(moment)
    case .duration(let value):
      guard let duration = Nanoseconds(value) else { return nil }
      self = .duration(duration)
    }
  }

  /// One line for a person; nil for what is too large to be shown.
  var shown: String? {
    switch self {
    case .null: "null"
    case .bool(let value): String(value)
    case .int(let value): String(value)
    case .uint(let value): String(value)
    case .double(let value): String(value)
    case .string(let value): DisplayText.line("\"\(value)\"")
    case .timestamp(let value): value.description
    case .duration(let value): DurationText.text(value.duration)
    default: nil
    }
  }

  /// As it stands in a message.
  var inMessage: String {
    switch self {
    case .string(let value): DisplayText.line(value)
    case .list(let values): values.map(\.inMessage).joined(separator: ", ")
    default: shown ?? typeName
    }
  }
}
