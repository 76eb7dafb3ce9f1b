internal import Documents
internal import GateModel

extension PolicyReader {
  func factEffect(_ node: YamlNode) -> Effect? {
    let keys = ["kind", "unit", "verb", "certainty", "package", "detail", "evidence"]
    guard let reader = MappingReader(node, "an effect", keys: keys, self),
      let kind = reader.required("kind").flatMap({ word($0, "kind of effect", as: EffectKind.self) })
    else { return nil }
    func field(_ key: String) -> String? { reader[key].flatMap { $0.isNull ? nil : text($0, "`\(key)`") } }
    let certainty = reader["certainty"].flatMap { word($0, "certainty", as: Certainty.self) } ?? .certain
    return Effect(
      kind: kind, unit: field("unit"), verb: field("verb"), certainty: certainty,
      evidence: reader["evidence"].flatMap(evidence) ?? Evidence(basis: .unknown, file: ""),
      package: field("package") ?? "", detail: field("detail"))
  }

  private func evidence(_ node: YamlNode) -> Evidence? {
    guard let reader = MappingReader(node, "`evidence`", keys: ["basis", "file", "line", "text"], self) else {
      return nil
    }
    var evidence = Evidence(basis: .unknown, file: "")
    evidence.basis = reader["basis"].flatMap { word($0, "basis of evidence") } ?? .unknown
    evidence.file = reader["file"].flatMap { text($0, "`file`") } ?? ""
    evidence.line = reader["line"].flatMap { $0.isNull ? nil : number($0, "`line`", in: 1...Int(Int32.max)) }
    evidence.text = reader["text"].flatMap { $0.isNull ? nil : text($0, "`text`") }
    return evidence
  }
}
