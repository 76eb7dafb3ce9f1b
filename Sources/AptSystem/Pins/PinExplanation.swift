internal import GateModel

/// One `Explanation:` line of a pin: `LABEL: TEXT`.
struct PinExplanation {
  enum Label: String, CaseIterable {
    case verdict, rule, reason, clears, waits
    case heldBy = "held by"
    case since
  }

  var label: String
  var text: String

  init(_ label: Label, _ text: String) {
    self.label = label.rawValue
    self.text = text
  }

  /// Longer texts are cut: nobody reads them, and apt reads all of the file at every start.
  static let longest = 500

  /// `text` on one line that apt cannot take for anything else.
  static func safe(_ text: String) -> String {
    let line = DisplayText.line(text).split(separator: " ").joined(separator: " ")
    return line.count > longest ? line.prefix(longest - 1) + "…" : line
  }
}

extension Hold {
  var explanations: [PinExplanation] {
    let texts: [PinExplanation?] = [
      PinExplanation(.verdict, verdict.rawValue),
      decidedBy.isEmpty ? nil : PinExplanation(.rule, decidedBy.joined(separator: ", ")),
      message.map { PinExplanation(.reason, $0) },
      clearsWhen.map { PinExplanation(.clears, $0) },
      waitsFor.map { PinExplanation(.waits, $0) },
      heldBy.isEmpty ? nil : PinExplanation(.heldBy, heldBy.joined(separator: ", ")),
      since.map { PinExplanation(.since, $0.description) },
    ]
    return texts.compactMap { $0 }
  }

  /// The hold as it comes back from the file.
  var normalized: Hold {
    Hold(
      source: source, versions: Set(versions).sorted { $0.text < $1.text }, verdict: verdict,
      decidedBy: decidedBy.map(PinExplanation.safe).filter { !$0.isEmpty },
      message: message.map(PinExplanation.safe).flatMap { $0.isEmpty ? nil : $0 },
      clearsWhen: clearsWhen.map(PinExplanation.safe).flatMap { $0.isEmpty ? nil : $0 },
      waitsFor: waitsFor.map(PinExplanation.safe).flatMap { $0.isEmpty ? nil : $0 },
      heldBy: heldBy.filter(PinSyntax.isSource), since: since)
  }
}
