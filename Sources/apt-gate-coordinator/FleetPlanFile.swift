import Coordinator
import Documents
import FleetConfiguration
import Rollout

/// The fleet's configuration as it lies in the store.
enum FleetPlanFile {
  @Sendable static func read(_ text: String) -> Result<FleetPlan, FleetPlanProblem> {
    let file = FleetFile.read(DocumentSource(name: "fleet.yaml", text: text))
    if let plan = file.plan { return .success(plan) }
    return .failure(FleetPlanProblem(file.diagnostics.map(\.rendered).joined(separator: "\n")))
  }
}
