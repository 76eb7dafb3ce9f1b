import GateModel

/// One effect with its evidence, for people.
struct EffectText {
  var effect: Effect
  var layout: TextLayout

  /// What it is, then where it was found, then the line as it stands there.
  var lines: [String] {
    layout.labelled("", headline, indent: 2, rendition: effect.certainty == .certain ? .bold : nil)
      + layout.labelled("", place, indent: 6) + quotation
  }

  private var headline: String {
    let what = [effect.kind.rawValue, effect.unit].compactMap { $0 }.joined(separator: " ")
    let detail = effect.detail.map { ": \($0)" } ?? ""
    let verb = effect.verb.flatMap { $0 == effect.kind.rawValue ? nil : " by `\($0)`" } ?? ""
    return "\(what)\(verb)\(detail) (\(effect.certainty.rawValue))"
  }

  private var place: String {
    let evidence = effect.evidence
    let line = evidence.line.map { ":\($0)" } ?? ""
    return "\(evidence.file)\(line), \(Self.words(for: evidence.basis))"
  }

  private var quotation: [String] {
    guard let text = effect.evidence.text, !text.isEmpty else { return [] }
    return layout.labelled("      | ", text, indent: 8)
  }

  private static func words(for basis: EvidenceBasis) -> String {
    switch basis {
    case .candidate: "in the new .deb"
    case .installed: "in the installed version"
    case .unknown: "of a package that was not at hand"
    }
  }
}
