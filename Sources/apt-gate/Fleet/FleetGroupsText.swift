import GateModel
import Rollout

/// What `fleet groups check` prints for people: who matches what, and loudly what nobody can have meant.
struct FleetGroupsText {
  var check: FleetGroupsCheck
  var layout: TextLayout

  var text: String {
    let errors = check.diagnostics.map { [DiagnosticText(diagnostic: $0, style: layout.style).text] }
    let blocks = errors + [rings, check.findings.flatMap { layout.labelled("!", $0, indent: 2, rendition: .red) }]
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var rings: [String] {
    guard let survey = check.survey else { return [] }
    return survey.plan.rings.flatMap { ring in
      [layout.style(.bold, ring.name) + "  \(count(survey.populations[ring.name]))"]
        + ring.groups.map { "  group \($0)  \(count(survey.groups[$0]))" }
    }
  }

  private func count(_ number: Int?) -> String { CountText.of(number ?? 0, "node", "nodes") }
}
