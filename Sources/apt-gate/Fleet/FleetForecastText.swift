import Documents
import GateModel
import Rollout

/// What `fleet simulate` prints for people.
struct FleetForecastText {
  var forecast: FleetForecast
  var assumptions: FleetForecast.Assumptions
  var layout: TextLayout

  var text: String {
    var lines = forecast.rings.flatMap(lines)
    lines.append("")
    lines += layout.labelled("", summary, indent: 0)
    if forecast.outside > 0 {
      lines += layout.labelled(
        "", "\(nodes(forecast.outside)) in no ring, or in several: `apt-gate fleet groups check` names them", indent: 0,
        rendition: .yellow)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func lines(_ ring: FleetForecast.Ring) -> [String] {
    let width = forecast.rings.map { ColumnText.columns(of: $0.name) }.max() ?? 0
    let times = [ring.opened.map { "opens after \(after($0))" }, ring.passed.map { "passes after \(after($0))" }]
      .compactMap { $0 }
    let failed = ring.failed > 0 ? ", \(ring.failed) failed" : ""
    let line = times.isEmpty ? "never opens" : times.joined(separator: ", ")
    let head =
      ColumnText.padded(ring.name, to: width) + "  \(ring.updated) of \(nodes(ring.nodes))\(failed)"
      + (ring.mostAtWork > 0 ? ", at most \(ring.mostAtWork) at once" : "") + ": \(line)"
    return [head] + ring.reasons.flatMap { layout.labelled("", $0.description, indent: width + 2, rendition: .yellow) }
  }

  private var summary: String {
    let took = "after \(after(forecast.end))"
    switch forecast.status {
    case .completed: return "The rollout is complete \(took)."
    case .halted:
      let stopped = "The rollout halts \(took), and \(nodes(forecast.untouched)) keep the old version."
      return stopped + (forecast.note.map { " \($0.reason)." } ?? "")
    default: return "Nothing happens any more \(took), and \(nodes(forecast.untouched)) keep the old version."
    }
  }

  private func after(_ moment: Timestamp) -> String { DurationText.text(moment.duration(since: assumptions.start)) }
  private func nodes(_ count: Int) -> String { count == 1 ? "1 node" : "\(count) nodes" }
}
