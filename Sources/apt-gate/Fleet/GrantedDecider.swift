import GateEngine
import GateModel

/// Lets what is staged pass if this node has a slot for it, and who gave it says right now that it still stands.
///
/// Without an answer it does not: what waits a little longer does no harm.
struct GrantedDecider: ChangeDecider {
  var base: any ChangeDecider
  var slots: any SlotConfirming

  func decision(on change: Change, effects: [Effect]) throws -> Decision {
    let decision = try base.decision(on: change, effects: effects)
    guard decision.verdict == .stage, let standing = slots.standing(of: change) else { return decision }
    return decision.admitted(standing)
  }
}

/// Asks whether a slot of this node still stands.
protocol SlotConfirming {
  /// Nil if the node has no slot for `change`.
  func standing(of change: Change) -> SlotStanding?
}

/// How a slot stands right before dpkg.
enum SlotStanding {
  /// It stands; who gave it, for a person.
  case stands(String)
  /// It does not, or nobody knows: why.
  case fell(String)
}

extension Decision {
  /// As with a slot, or as before with why there is none.
  fileprivate func admitted(_ standing: SlotStanding) -> Decision {
    var copy = self
    switch standing {
    case .fell(let reason):
      copy.message = [copy.message, reason].compactMap { $0 }.joined(separator: "; ")
    case .stands(let giver):
      copy.verdict = shieldedUnits.isEmpty ? .allow : .shield
      copy.message = "\(giver) gave this node a slot"
      copy.clearsWhen = nil
    }
    return copy
  }
}
