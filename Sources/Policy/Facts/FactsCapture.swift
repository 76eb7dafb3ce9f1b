public import Documents
public import GateModel

/// The facts of one check, written down to be evaluated again elsewhere: `apt-gate check --facts`.
public struct FactsCapture: Sendable {
  /// The only value of `schema`.
  public static let schema = "apt-gate/facts/v1"
  /// The largest capture that is read, in bytes.
  static let largest = 64 << 20

  public var facts: [Facts]

  public init(_ facts: [Facts]) { self.facts = facts }

  /// One JSON object on one line; its `changes` hold the facts of each change.
  public var json: String {
    let changes = facts.map { facts in
      var values = facts.values
      // Worked out from others, so not written down.
      if case .map(var update) = values["update"] {
        update["age"] = nil
        values["update"] = .map(update)
      }
      if case .map(var network) = values["network"], case .map(var atRisk) = network["atRisk"] {
        atRisk["count"] = nil
        network["atRisk"] = .map(atRisk)
        values["network"] = .map(network)
      }
      return FactValue.map(values).json
    }
    return "{\"schema\":\"\(Self.schema)\",\"changes\":[\(changes.joined(separator: ","))]}"
  }

  /// Reads a capture; what is wrong with it is in the diagnostics.
  public static func load(_ source: DocumentSource) -> (capture: FactsCapture, diagnostics: [Diagnostic]) {
    let collector = PolicyReader(source: source, isCapture: true)
    let root = YamlComposer.compose(collector, largest: largest, mostNodes: largest / 16)
    let facts = root.flatMap { collector.capture($0) } ?? []
    return (FactsCapture(facts), collector.diagnostics)
  }
}

extension PolicyReader {
  fileprivate func capture(_ root: YamlNode) -> [Facts]? {
    guard let reader = MappingReader(root, "a capture", keys: ["schema", "changes"], self) else { return nil }
    if let schema = reader.required("schema"), let text = text(schema, "`schema`"), text != FactsCapture.schema {
      error(.invalidValue, at: schema.position, "`\(text)` is no capture that this apt-gate reads")
      return nil
    }
    return reader.required("changes").map { list($0, "changes").compactMap { facts($0, defaults: nil) } }
  }
}
