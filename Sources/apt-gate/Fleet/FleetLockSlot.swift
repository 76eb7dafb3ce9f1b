import CoordinatorAPI
import CoordinatorClient
import GateConfiguration
import GateEngine
import GateModel
import SystemdSystem

/// The one slot that a FleetLock server gives this node for what is staged: asked for by the sync, confirmed by the hook,
/// given back when apt's run is over. After a failure it is kept, so that the others wait until a person has looked.
struct FleetLockSlot {
  let server: FleetLockMembership
  let file: NodeLockFile

  init(_ server: FleetLockMembership, state: String) {
    self.server = server
    file = NodeLockFile(state: state)
  }

  /// Takes the slot, or one that this node has once more: asking again for one's own succeeds.
  func take(_ phase: NodeLock.Phase, within limit: Duration) throws {
    let before = try file.lock()
    try ask(within: limit) { try await $0.lock(within: limit) }
    // A sync does not take away from a transaction that is under way what it will note.
    guard before?.phase != phase, before?.phase != .applying else { return }
    try enter(phase)
  }

  /// How a transaction ended that the slot was confirmed for.
  func note(_ result: TransactionResult, missing: [String]) throws {
    guard try file.lock()?.phase == .applying else { return }
    try enter(result.isGood ? .good : .failed, because: result.isGood ? nil : result.reason(missing: missing))
  }

  /// Looks after the slot; what became of it.
  func settle(isRunOver: Bool) throws -> NodeLock.Fate {
    guard let lock = try file.lock() else { return .stays }
    let fate = lock.fate(isRunOver: isRunOver, boot: try BootID.current(), at: .now)
    switch fate {
    case .stays: break
    case .goesBack: try giveBack()
    case .failed(let reason): try enter(.failed, because: reason)
    }
    return fate
  }

  /// Gives the slot back. Where the server has none of this node it says so too, so that this is also how it is tried out.
  func giveBack() throws {
    let limit = server.deadline
    try ask(within: limit) { try await $0.unlock(within: limit) }
    try file.change { $0 = nil }
  }

  private func enter(_ phase: NodeLock.Phase, because reason: String? = nil) throws {
    let boot = try BootID.current()
    try file.change(within: .milliseconds(300)) { $0 = NodeLock(phase, since: .now, boot: boot, reason: reason) }
  }

  private func ask(
    within limit: Duration, _ body: @escaping @Sendable (FleetLockClient) async throws -> Void
  ) throws {
    let (id, group) = (try server.id ?? MachineID.ofGate(), server.group)
    try FleetQuestion.ask(server.address, within: limit) { client in
      try await body(try FleetLockClient(client, id: id, group: group))
    }
  }
}

extension FleetLockMembership {
  var address: CoordinatorAddress { CoordinatorAddress(url: url, credentials) }
}

/// A FleetLock server, as a sync asks it for the node's slot.
final class FleetLockClaims: SlotClaiming {
  private let slot: FleetLockSlot
  /// Whether the slot is asked for; one that the node has counts in any case.
  private let asks: Bool
  /// The slot is the node's, so that one question will do.
  private var answer: SlotAnswer?

  init(_ server: FleetLockMembership, state: String, asks: Bool) {
    slot = FleetLockSlot(server, state: state)
    self.asks = asks
  }

  func claim(_ change: Change) -> SlotAnswer {
    if let answer { return answer }
    let answer = claim()
    self.answer = answer
    return answer
  }

  private func claim() -> SlotAnswer {
    do {
      let lock = try slot.file.lock()
      if let lock, lock.phase == .failed { return .waiting(Self.kept(lock)) }
      guard asks else { return lock == nil ? .notAsked : .granted }
      try slot.take(.taken, within: slot.server.deadline)
      return .granted
    } catch {
      return .waiting("the FleetLock server gives no slot now: \(error)")
    }
  }

  static func kept(_ lock: NodeLock) -> String {
    "this node keeps its slot since \(lock.since), because its last staged update failed: "
      + "\(lock.reason ?? "it did not say why"); `apt-gate fleet unlock` gives it back"
  }
}

/// A FleetLock server's slot, as a hook confirms it right before dpkg.
final class FleetLockStanding: SlotConfirming {
  private let slot: FleetLockSlot
  private let patience: Duration
  private var answer: SlotStanding?

  init(_ server: FleetLockMembership, state: String, patience: Duration) {
    slot = FleetLockSlot(server, state: state)
    self.patience = patience
  }

  func standing(of change: Change) -> SlotStanding? {
    if let answer { return answer }
    do {
      guard let lock = try slot.file.lock(), lock.phase != .failed else { return nil }
      try slot.take(.applying, within: patience)
      answer = .stands("the FleetLock server")
    } catch {
      answer = .fell("the FleetLock server could not confirm this node's slot: \(error)")
    }
    return answer
  }
}
