internal import GateModel

extension PinFile {
  /// Reads back what ``text`` wrote. Lines that it would not have written are passed over: a person may have been at
  /// the file, and `sync` writes it anew.
  public init(parsing text: String) {
    var found: [String: Hold] = [:]
    for stanza in Self.stanzas(of: text) {
      guard let hold = Hold(stanza: stanza) else { continue }
      found[hold.source, default: hold].versions += hold.versions
    }
    self.init(normalized: found.values.map(\.normalized))
  }

  private static func stanzas(of text: String) -> [[Substring]] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("#") }
    return lines.split(whereSeparator: \.isEmpty).map(Array.init)
  }
}

extension Hold {
  fileprivate init?(stanza: [Substring]) {
    var explanations: [String: String] = [:]
    var source: String?
    var version: String?
    for line in stanza {
      if let text = line.value(of: "Explanation: "), let colon = text.firstRange(of: ": ") {
        explanations[String(text[..<colon.lowerBound])] = String(text[colon.upperBound...])
      } else if let text = line.value(of: "Package: src:"), text.hasSuffix(":any") {
        source = String(text.dropLast(":any".count))
      } else if let text = line.value(of: "Pin: version ") {
        version = String(text)
      }
    }
    guard let source, let version, PinSyntax.isSource(source), PinSyntax.isVersion(version) else { return nil }
    func text(_ label: PinExplanation.Label) -> String? { explanations[label.rawValue] }
    func list(_ label: PinExplanation.Label) -> [String] { text(label)?.split(separator: ", ").map(String.init) ?? [] }
    self.init(
      source: source, versions: [PackageVersion(version)],
      verdict: text(.verdict).flatMap(Verdict.init(rawValue:)) ?? .undetermined, decidedBy: list(.rule),
      message: text(.reason), clearsWhen: text(.clears), waitsFor: text(.waits), heldBy: list(.heldBy),
      since: text(.since).flatMap { Timestamp($0) })
  }
}

extension Substring {
  fileprivate func value(of prefix: String) -> Substring? { hasPrefix(prefix) ? dropFirst(prefix.count) : nil }
}
