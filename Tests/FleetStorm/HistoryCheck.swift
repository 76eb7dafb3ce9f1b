import FleetStore
import Foundation
import GateModel
import Rollout
import RolloutCoordination
import SimulatedFleet

/// Plays a recorded history again, and asks the simulation's invariants after each transaction.
struct HistoryCheck {
  private let log: StormLog.Tally
  private var invariants: Invariants
  private var contents: [String: [UInt8]] = [:]
  private var violations: [String] = []

  init(plan: FleetPlan, log: StormLog.Tally) {
    self.log = log
    invariants = Invariants(plan: plan)
  }

  mutating func replay(_ history: [EtcdHistory.Commit]) {
    for commit in history {
      invariants.committed(commit.writes, in: log)
      for write in commit.writes {
        switch write {
        case .put(let key, let bytes): contents[key] = bytes
        case .delete(let key): contents[key] = nil
        }
      }
      if let violation = invariants.violation {
        violations.append("revision \(commit.revision): \(violation)")
        return
      }
    }
  }

  /// What is wrong with the history, or with how it ended.
  func violations(contents found: [String: [UInt8]]) -> [String] {
    var violations = violations
    if violations.isEmpty, contents != found { violations.append("the history does not lead to what the store holds") }
    for id in log.rollouts {
      guard let head = invariants.rollouts.first(where: { $0.id == id }) else {
        violations.append("\(id) was lost")
        continue
      }
      if head.status != .completed { violations.append("\(id) is \(head.status): \(head.note?.reason ?? "")") }
      for number in 0..<Storm.nodes where invariants.member(id, "node-\(number)")?.phase != .soaked {
        let phase = invariants.member(id, "node-\(number)")?.phase.rawValue ?? "unknown"
        violations.append("node-\(number) has soaked with \(id), and its record says \(phase)")
      }
    }
    return violations
  }
}

extension StormLog.Tally: FleetTruth {
  func wellFor(_ record: NodeRecord, _ id: RolloutID) -> Int64 {
    wellSince["\(record.node) \(id)"].map { record.since.secondsSinceEpoch * 1000 - $0 } ?? -1
  }
}
