internal import CoordinatorAPI
internal import FleetStore
internal import GateModel

/// FleetLock over the store: every step is one compare-and-set, so that any coordinator may answer.
struct FleetLockService: Sendable {
  let store: any FleetStore
  let settings: SettingsBox
  /// Called with locks that ended because their time was over.
  let onExpiry: @Sendable (String, [Lock]) -> Void

  private static func key(_ group: String) -> String { "fleetlock/\(group)" }

  func lock(_ client: FleetLockRequest.Client, for owner: Lock.Owner, at now: Timestamp) async throws -> Lock {
    let plan = try plan(of: client.group)
    let answer = try await change(client.group, at: now) { group in
      group.lock(client.id, for: owner, slots: plan.slots, lasting: plan.deadline, at: now)
    }
    switch answer {
    case .locked(let lock): return lock
    case .full(let until):
      let end = until.map { ", the first until \($0)" } ?? ""
      throw APIProblem(.failedLock, "all slots of group `\(client.group)` are taken: \(plan.slots)\(end)")
    case .notOwner: throw APIProblem(.notOwner, "`\(client.id)` is locked by another owner")
    }
  }

  func unlock(_ client: FleetLockRequest.Client, for owner: Lock.Owner, at now: Timestamp) async throws -> Bool {
    _ = try plan(of: client.group)
    let answer = try await change(client.group, at: now) { $0.unlock(client.id, for: owner, at: now) }
    switch answer {
    case .unlocked(let had): return had
    case .notOwner: throw APIProblem(.notOwner, "`\(client.id)` is locked by another owner")
    }
  }

  /// An operator's release.
  func release(_ id: String, in group: String, at now: Timestamp) async throws -> Lock {
    guard let lock = try await change(group, at: now, { $0.release(id) }) else {
      throw APIProblem(.notFound, "group `\(group)` has no lock of `\(id)`")
    }
    return lock
  }

  /// Every group that is configured or has locks, with its slots; nought slots if it is no longer configured.
  func list(at now: Timestamp) async throws -> [LockGroupState] {
    var states = settings.current.lockGroups.mapValues { LockGroupState(slots: $0.slots) }
    for (key, group) in try await store.records(LockGroup.self, below: Self.key("")) {
      var group = group
      _ = group.expire(at: now)
      let name = String(key.dropFirst(Self.key("").count))
      states[name, default: LockGroupState(slots: 0)].locks = group.locks
    }
    return states.map { name, state in
      var state = state
      state.group = name
      return state
    }.filter { $0.slots > 0 || !$0.locks.isEmpty }.sorted { $0.group < $1.group }
  }

  private func plan(of group: String) throws(APIProblem) -> LockGroupPlan {
    guard let plan = settings.current.lockGroups[group] else {
      throw APIProblem(.unknownGroup, "this coordinator has no group `\(group)`")
    }
    return plan
  }

  /// Reads, changes and writes a group until nobody else wrote in between.
  private func change<Answer>(
    _ name: String, at now: Timestamp, _ body: (inout LockGroup) -> Answer
  ) async throws -> Answer {
    let key = Self.key(name)
    for attempt in 0..<32 {
      let found = try await store.record(LockGroup.self, at: key)
      let before = found?.value ?? LockGroup()
      var group = before
      let expired = group.expire(at: now)
      let answer = body(&group)
      if group == before { return answer }
      if case .committed = try await store.replaced(key, found?.version, with: group) {
        if !expired.isEmpty { onExpiry(name, expired) }
        return answer
      }
      try await Task.sleep(for: .milliseconds(Int.random(in: 0...min(2 << attempt, 50))))
    }
    throw APIProblem(.storeUnavailable, "too many clients ask for group `\(name)` at once; ask again")
  }
}

/// One group as an operator sees it.
struct LockGroupState: Encodable, Sendable {
  var group = ""
  var slots: Int
  var locks: [Lock] = []
}
