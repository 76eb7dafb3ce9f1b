internal import GateModel

/// One metric with its samples, in the text format.
struct Metric {
  enum Kind: String { case gauge, counter }
  typealias Sample = (labels: [String: String], value: Double)

  private let name: String
  private let kind: Kind
  private let help: String
  private let samples: [Sample]

  init(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
    self.name = name
    self.kind = kind
    self.help = help
    self.samples = samples
  }

  /// The sample of a time that may not be there.
  static func one(_ time: Timestamp?) -> [Sample] { time.map { [([:], Double($0.secondsSinceEpoch))] } ?? [] }

  /// None without samples.
  var lines: [String] {
    guard !samples.isEmpty else { return [] }
    return ["# HELP \(name) \(help)", "# TYPE \(name) \(kind.rawValue)"]
      + samples.map { "\(name)\(Self.labels($0.labels)) \(Self.number($0.value))" }.sorted()
  }

  private static func labels(_ labels: [String: String]) -> String {
    guard !labels.isEmpty else { return "" }
    let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(escaped($0.value))\"" }
    return "{\(pairs.joined(separator: ","))}"
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  private static func number(_ value: Double) -> String { "\(Int64(value))" }
}
