import CoordinatorAPI
import CoordinatorClient
import GateConfiguration
import GateEngine
import GateModel
import Rollout

/// Tells the coordinator how the changes went that it gave slots for. What it cannot be told now is kept and told with the
/// next check-in.
struct FleetOutcome {
  let fleet: FleetMembership
  let state: String

  /// A transaction is done; `missing` are the first of the network's objects that it lost for good. What failed has
  /// failed; what went well may be a part only, so that the next check-in looks whether all of it is there.
  func note(_ result: TransactionResult, missing: [String], at now: Timestamp) throws {
    try GrantFile(state: state).change { grants in
      for place in grants.indices where grants[place].phase == .confirmed {
        grants[place].healthySince = result.isGood ? now : nil
        guard !result.isGood else { continue }
        grants[place].phase = .failed
        grants[place].reason = result.reason(missing: missing)
        grants[place].isReported = false
      }
    }
  }

  /// Grants of which nothing is pending any more are healthy; those that the run of apt which they were for did not use
  /// go back.
  func settle(pending: Set<RolloutID>, returningUnused: Bool) throws {
    try GrantFile(state: state).change { grants in
      for place in grants.indices {
        let grant = grants[place]
        if grant.phase == .confirmed, grant.healthySince != nil, !pending.contains(grant.rollout) {
          grants[place].phase = .healthy
          grants[place].isReported = false
        } else if returningUnused, grant.phase == .granted {
          grants[place].phase = .returned
          grants[place].reason = "apt's run ended without it"
          grants[place].isReported = false
        }
      }
    }
  }

  /// Tells what has not been told; throws if the coordinator cannot be asked.
  func deliver(within limit: Duration) throws {
    let file = GrantFile(state: state)
    let waiting = file.grants().filter { !$0.isReported }
    guard !waiting.isEmpty else { return }
    for grant in waiting {
      let request = ReportRequest(
        rollout: grant.rollout, token: grant.token, outcome: grant.phase.outcome, reason: grant.reason)
      do {
        _ = try FleetQuestion.ask(fleet.address, within: limit) { try await $0.report(request, within: limit) }
      } catch let error as CoordinatorClientError {
        // What is refused is not asked again: another grant has taken its place, or a person decided.
        guard case .refused(let status, _) = error.code, (400..<500).contains(status), status != 429 else {
          throw error
        }
      }
      try file.change { grants in
        for place in grants.indices where grants[place].token == grant.token { grants[place].isReported = true }
        grants.removeAll { $0.isReported && ($0.phase == .failed || $0.phase == .returned) }
      }
    }
  }
}

extension NodeGrant.Phase {
  fileprivate var outcome: ReportRequest.Outcome {
    switch self {
    case .healthy: .healthy
    case .failed: .failed
    case .granted, .confirmed, .returned: .returned
    }
  }
}
