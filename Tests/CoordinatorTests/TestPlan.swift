import Coordinator
import GateModel
import Rollout

/// A reader of plans for tests: each line is a ring, `NAME PATTERN SLOTS SOAK-SECONDS`, of the nodes that the pattern
/// matches.
enum TestPlan {
  @Sendable static func read(_ text: String) -> Result<FleetPlan, FleetPlanProblem> {
    var plan = FleetPlan(groups: [], rings: [])
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 4, let slots = Int(words[2]), let soak = Int(words[3]) else {
        return .failure(FleetPlanProblem("not a ring: \(line)"))
      }
      plan.groups.append(GroupPlan(name: words[0], labels: [:], nodes: [Glob(shell: words[1])]))
      plan.rings.append(
        RingPlan(name: words[0], groups: [words[0]], slots: .count(slots), soak: .seconds(soak)))
    }
    return .success(plan)
  }
}
