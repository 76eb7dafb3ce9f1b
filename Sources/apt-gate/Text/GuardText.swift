import GateModel
import NetworkState
import NetworkSystem

/// What `network guard` tells people: what happened to each object, the gaps, and what is not as it was.
struct GuardText {
  var document: GuardDocument
  var layout: TextLayout

  private let returned: Set<GuardedObject>
  private var report: GuardReport { document.report }

  /// More events than these are only counted; the JSON has them all.
  private static let eventLimit = 200

  var text: String {
    let lines = events + summary + missing + report.notes.flatMap { layout.labelled("note: ", $0, indent: 6) }
    return lines.map { $0 + "\n" }.joined()
  }

  init(document: GuardDocument, layout: TextLayout) {
    self.document = document
    self.layout = layout
    returned = Set(document.report.events.filter { $0.kind == .returned }.compactMap(\.object))
  }

  private var events: [String] {
    let told = report.events.filter { !isToldLater($0) }
    let shown = told.prefix(Self.eventLimit).flatMap { event in
      layout.labelled(
        Self.milliseconds(event.time - report.started), phrase(event), indent: 12, rendition: rendition(event))
    }
    let hidden = told.count - Self.eventLimit
    return hidden > 0 ? shown + layout.labelled("", "and \(hidden) more events", indent: 12) : shown
  }

  /// What is back later needs no line for its deletion.
  private func isToldLater(_ event: GuardEvent) -> Bool {
    guard [.putBack, .takenByKernel, .takenSilently, .foundMissing].contains(event.kind), let object = event.object
    else { return false }
    return returned.contains(object)
  }

  private func rendition(_ event: GuardEvent) -> TerminalStyle.Rendition? {
    switch event.kind {
    case .returned: .green
    case .refused, .gaveUp, .overrun, .foundMissing: .yellow
    default: nil
    }
  }

  private func phrase(_ event: GuardEvent) -> String {
    let object = event.object.map(line) ?? ""
    switch event.kind {
    case .putBack: return "networkd deleted, put back: \(object)"
    case .returned: return "is back\(event.delay.map { " after \($0) µs" } ?? ""): \(object)"
    case .leftToOthers:
      return "deleted by \(event.process.map { "`\($0)`" } ?? "another process"), left alone: \(object)"
    case .takenByKernel: return "taken by the kernel: \(object)"
    case .takenSilently: return "taken by the kernel without a word: \(object)"
    case .refused: return "waits, the kernel says `\(event.reason ?? "no")`: \(object)"
    case .gaveUp: return "networkd deletes it again and again, left until the end: \(object)"
    case .overrun: return "notifications were lost, everything was read again"
    case .foundMissing: return "found missing: \(object)"
    }
  }

  private var summary: [String] {
    let gaps = report.gaps
    var words = "Guarded for \(Self.milliseconds(report.ended - report.started)): "
    words += gaps.count == 0 ? "nothing was lost" : "\(gaps.count) objects were away and came back"
    if let median = gaps.median, let worst = gaps.worst {
      words += ", for \(median) µs (median) to \(worst) µs (worst)"
    }
    if report.restoredCount > 0 { words += "; \(report.restoredCount) of them restored at the end" }
    let settled =
      report.isSettled
      ? []
      : layout.labelled(
        "", "systemd-networkd had not configured all its links when the guard ended.", indent: 0, rendition: .yellow)
    return layout.labelled("", words + ".", indent: 0, rendition: .bold) + settled
  }

  private var missing: [String] {
    let refusals = report.refusals.flatMap { refusal in
      layout.labelled(
        "refused: ", "\(line(GuardedObject(refusal.step.kind, refusal.step.place))): \(refusal.reason)", indent: 9)
    }
    return report.missing.flatMap { layout.labelled("missing: ", line($0), indent: 9, rendition: .red) } + refusals
  }

  private func line(_ object: GuardedObject) -> String {
    let line = document.described(object)?.safeLine(of: object.kind) ?? ""
    return "\(object.kind.rawValue) \(line)"
  }

  private static func milliseconds(_ microseconds: Int64) -> String {
    let tenths = (microseconds + 50) / 100
    return "\(tenths / 10).\(tenths % 10) ms"
  }
}
