import Foundation
import GateModel
import Rollout
import Testing

@Suite struct TransitionTests {
  static let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/rollout.md")
    .standardized

  /// The drawing of nodes, from the table that the state machine moves by.
  static var nodes: String {
    let lines = NodePhase.allCases.flatMap { phase in
      NodeEvent.allCases.compactMap { event in
        phase.after(event).map { "    \(phase.rawValue) --> \($0.rawValue): \(event.rawValue)" }
      }
    }
    return (["stateDiagram-v2", "    [*] --> expected"] + lines).joined(separator: "\n")
  }

  static var rollouts: String {
    let lines = RolloutStatus.allCases.flatMap { status in
      RolloutEvent.allCases.compactMap { event in
        status.after(event).map { "    \(status.rawValue) --> \($0.rawValue): \(event.rawValue)" }
      }
    }
    return (["stateDiagram-v2", "    [*] --> active"] + lines).joined(separator: "\n")
  }

  @Test func theDrawingsAreOfTheTables() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    #expect(text.contains("```mermaid\n\(Self.nodes)\n```"), "docs/rollout.md should have:\n\(Self.nodes)")
    #expect(text.contains("```mermaid\n\(Self.rollouts)\n```"), "docs/rollout.md should have:\n\(Self.rollouts)")
  }

  @Test func everyPhaseCanBeReachedAndIsInTheTable() {
    var reached: Set<NodePhase> = [.expected]
    for _ in NodePhase.allCases {
      for phase in reached { reached.formUnion((NodePhase.transitions[phase] ?? [:]).values) }
    }
    #expect(reached == Set(NodePhase.allCases))
    #expect(Set(NodePhase.transitions.keys) == Set(NodePhase.allCases))
    #expect(Set(RolloutStatus.transitions.keys) == Set(RolloutStatus.allCases))
  }

  /// A phase in which a node holds a slot ends by itself: by its deadline at the latest.
  @Test func workAlwaysEnds() {
    for phase in NodePhase.allCases where phase.isAtWork || phase == .healthy {
      #expect(phase.after(.deadlinePassed) == .silent, "\(phase)")
    }
  }

  /// A node at work is never taken for one that is not, by an order.
  @Test func ordersLeaveNodesAtWorkAlone() {
    for phase in NodePhase.allCases where phase.isAtWork {
      #expect(phase.after(.skipped) == nil && phase.after(.retried) == nil)
    }
  }
}
