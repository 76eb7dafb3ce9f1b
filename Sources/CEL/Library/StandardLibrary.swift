/// The functions of the language and of its extensions (langdef.md, "List of Standard Definitions"; the extensions after
/// the reference implementation's strings, math, encoders, optionals and network libraries).
enum StandardLibrary {
  static let functions: [String: [Overload]] = {
    var result: [String: [Overload]] = [:]
    let parts = [
      operators, comparisons, sizes, numberConversions, textConversions, timeConversions, stringTests, stringEdits,
      stringSearches, stringSplits, timestampFields, durationFields, optionals, mathExtremes, mathRounding, mathBits,
      encoders, addresses, prefixes,
    ]
    for part in parts { for (name, overloads) in part { result[name, default: []] += overloads } }
    return result
  }()

  typealias Part = [(name: String, overloads: [Overload])]

  static let a = ValueType.parameter("A")
  static let b = ValueType.parameter("B")

  static func invalid(_ message: String) -> EvaluationFailure { EvaluationFailure(.invalidArgument, message) }

  // INVARIANT: the four below are only reached with arguments their overload accepts, so the empty defaults never show.
  static func text(_ value: Value) -> String { if case .string(let text) = value { text } else { "" } }
  static func int(_ value: Value) -> Int64 { if case .int(let number) = value { number } else { 0 } }
  static func list(_ value: Value) -> [Value] { if case .list(let elements) = value { elements } else { [] } }
  static func double(_ value: Value) -> Double { if case .double(let number) = value { number } else { 0 } }
}
