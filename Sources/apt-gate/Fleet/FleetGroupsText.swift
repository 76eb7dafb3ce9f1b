import GateModel
import Rollout

/// What `fleet groups check` prints for people: who matches what, and loudly what nobody can have meant.
struct FleetGroupsText {
  var survey: FleetSurvey
  var layout: TextLayout

  /// Whether something is to be seen to.
  var hasFindings: Bool { !findings.isEmpty }

  var text: String {
    let blocks = [rings, findings.map { layout.style(.red, "! ") + $0 }]
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var rings: [String] {
    survey.plan.rings.flatMap { ring in
      [layout.style(.bold, ring.name) + "  \(count(survey.populations[ring.name]))"]
        + ring.groups.map { "  group \($0)  \(count(survey.groups[$0]))" }
    }
  }

  /// In a person's words, the worst first.
  var findings: [String] {
    var findings: [String] = []
    for group in survey.plan.groups where survey.groups[group.name] == nil {
      findings.append("group `\(group.name)` matches no node")
    }
    add(&findings, survey.ambiguous) { "\($0) in groups of several rings and get no update" }
    add(&findings, survey.unassigned) { "\($0) in no group of a ring and get no update" }
    for (label, nodes) in survey.lost.sorted(by: { $0.key < $1.key }) {
      add(&findings, nodes, verb: ("has", "have")) { "\($0) lost the label `\(label)`" }
    }
    for (label, nodes) in survey.domainless.sorted(by: { $0.key < $1.key }) {
      add(&findings, nodes, verb: ("has", "have")) {
        "\($0) no label `\(label)`, which a limit is counted by: they count as neighbours of each other"
      }
    }
    return findings.map(DisplayText.line)
  }

  private func add(
    _ findings: inout [String], _ nodes: FleetSurvey.Examples, verb: (String, String) = ("is", "are"),
    _ text: (String) -> String
  ) {
    guard nodes.count > 0 else { return }
    let more = nodes.count > nodes.names.count ? ", ..." : ""
    let names = nodes.names.joined(separator: ", ") + more
    findings.append(text("\(count(nodes.count)) \(nodes.count == 1 ? verb.0 : verb.1)") + " (\(names))")
  }

  private func count(_ number: Int?) -> String { number == 1 ? "1 node" : "\(number ?? 0) nodes" }
}
