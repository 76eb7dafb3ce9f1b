import Documents
import GateModel
import Rollout

/// What `fleet groups check` found.
struct FleetGroupsCheck {
  /// What is wrong with the file.
  var diagnostics: [Diagnostic]
  /// The nodes, counted by it; nil if it cannot be used.
  var survey: FleetSurvey?

  var passed: Bool { survey != nil && findings.isEmpty }

  /// What nobody can have meant, in a person's words, the worst first.
  var findings: [String] {
    guard let survey else { return [] }
    var findings: [String] = []
    if survey.nodes == 0 { findings.append("no node has checked in") }
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
    let subject = CountText.of(nodes.count, "node \(verb.0)", "nodes \(verb.1)")
    findings.append(text(subject) + " (\(names))")
  }
}
