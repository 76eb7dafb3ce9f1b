import GateModel

/// What `inspect` prints for people.
struct InspectText {
  var inspection: Inspection
  var layout: TextLayout

  var text: String {
    let versions = VersionPhrase.text(from: inspection.from, to: inspection.version)
    let head = layout.labelled(
      "", "\(inspection.package):\(inspection.architecture)  \(versions)", indent: 0, rendition: .bold)
    let source = layout.labelled("", "of the source package \(inspection.source)", indent: 0)
    let notes = inspection.notes.flatMap { layout.labelled("note: ", $0, indent: 6) }
    return ((head + source + notes + [""] + effects).joined(separator: "\n")) + "\n"
  }

  private var effects: [String] {
    guard !inspection.effects.isEmpty else { return ["No effect on the running system was found: files only."] }
    return [layout.style(.bold, "What it would do")]
      + inspection.effects.flatMap { EffectText(effect: $0, layout: layout).lines }
  }
}
