import Documents
import GateModel
import Rollout

/// What `fleet simulate` prints for people.
struct FleetForecastText {
  var simulation: FleetSimulation.Result
  var layout: TextLayout

  private var forecast: FleetForecast { simulation.forecast }

  var text: String {
    var lines = forecast.rings.flatMap(lines)
    lines.append("")
    lines += layout.labelled("", summary(forecast), indent: 0)
    if forecast.outside > 0 {
      lines += layout.labelled(
        "", "\(nodes(forecast.outside)) in no ring, or in several: `apt-gate fleet groups check` names them", indent: 0,
        rendition: .yellow)
    }
    if !simulation.ifOneFails.isEmpty {
      lines += ["", layout.style(.bold, "If one node fails")]
      for (ring, forecast) in simulation.ifOneFails {
        lines += layout.labelled("  \(ring)", summary(forecast), indent: nameWidth + 4)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var nameWidth: Int { forecast.rings.map { ColumnText.columns(of: $0.name) }.max() ?? 0 }

  private func lines(_ ring: FleetForecast.Ring) -> [String] {
    let times = [ring.opened.map { "opens after \(after($0))" }, ring.passed.map { "passes after \(after($0))" }]
      .compactMap { $0 }
    let failed = ring.failed > 0 ? ", \(ring.failed) failed" : ""
    let line = times.isEmpty ? "never opens" : times.joined(separator: ", ")
    let head =
      ColumnText.padded(ring.name, to: nameWidth) + "  \(ring.updated) of \(nodes(ring.nodes))\(failed)"
      + (ring.mostAtWork > 0 ? ", at most \(ring.mostAtWork) at once" : "") + ": \(line)"
    return [head]
      + ring.reasons.flatMap { layout.labelled("", $0.description, indent: nameWidth + 2, rendition: .yellow) }
  }

  private func summary(_ forecast: FleetForecast) -> String {
    let took = "after \(after(forecast.end))"
    let untouched = "\(nodes(forecast.untouched)) \(forecast.untouched == 1 ? "keeps" : "keep") the old version"
    switch forecast.status {
    case .completed: return "The rollout is complete \(took)."
    case .halted: return "The rollout halts \(took), and \(untouched)." + (forecast.note.map { " \($0.reason)." } ?? "")
    default: return "Nothing happens any more \(took), and \(untouched)."
    }
  }

  private func after(_ moment: Timestamp) -> String {
    DurationText.text(moment.duration(since: simulation.assumptions.start))
  }

  private func nodes(_ count: Int) -> String { CountText.of(count, "node", "nodes") }
}
