internal import CoordinatorAPI
internal import FleetStore
internal import FoundationEssentials
public import Rollout
internal import RolloutCoordination
internal import Synchronization

/// Reads the text of a fleet's configuration; the executable names the reader, so that this room knows no YAML of fleets.
public typealias FleetPlanReader = @Sendable (_ text: String) -> Result<FleetPlan, FleetPlanProblem>

/// Why a fleet's configuration cannot be taken: all of it, as a person reads it.
public struct FleetPlanProblem: Error, Sendable {
  public var text: String
  public init(_ text: String) { self.text = text }
}

/// The plan in force: the one in the store, parsed once for each version.
final class PlanSource: Sendable {
  private let store: any FleetStore
  private let reader: FleetPlanReader
  private let parsed = Mutex<(version: UInt64, plan: FleetPlan)?>(nil)

  init(store: any FleetStore, reader: @escaping FleetPlanReader) {
    self.store = store
    self.reader = reader
  }

  /// The plan in force. Without a configuration it has no rings, and every node waits.
  func current() async throws -> PlanInForce {
    try plan(in: try await store.read([FleetKey.configuration]))
  }

  /// As ``current()``, where the configuration was read together with other keys.
  func plan(in read: [String: StoredValue]) throws(APIProblem) -> PlanInForce {
    let key = FleetKey.configuration
    guard let stored = read[key] else {
      return PlanInForce(FleetPlan(groups: [], rings: []), condition: StoreCondition(key, is: nil))
    }
    let condition = StoreCondition(key, is: stored.version)
    if let known = parsed.withLock({ $0 }), known.version == stored.version {
      return PlanInForce(known.plan, condition: condition)
    }
    switch reader(String(decoding: stored.bytes, as: UTF8.self)) {
    case .success(let plan):
      parsed.withLock { $0 = (stored.version, plan) }
      return PlanInForce(plan, condition: condition)
    case .failure(let problem):
      throw APIProblem(
        .conflict, "the fleet's configuration in the store cannot be read by this coordinator: \(problem.text)")
    }
  }

  func document() async throws -> ConfigurationDocument {
    guard let stored = try await store.get(FleetKey.configuration) else {
      throw APIProblem(.notFound, "no fleet configuration is in force")
    }
    return ConfigurationDocument(text: String(decoding: stored.bytes, as: UTF8.self), version: stored.version)
  }

  /// Puts a configuration into force if it can be read and nobody else put one meanwhile.
  func replace(with change: ConfigurationChange) async throws -> ConfigurationDocument {
    if case .failure(let problem) = reader(change.text) { throw APIProblem(.invalidRequest, problem.text) }
    let key = FleetKey.configuration
    let transaction = StoreTransaction(
      conditions: [StoreCondition(key, is: change.replaces)], writes: [.put(key: key, bytes: Array(change.text.utf8))])
    guard case .committed(let version) = try await store.transact(transaction) else {
      throw APIProblem(.conflict, "another configuration is in force than the one that this replaces; read it first")
    }
    return ConfigurationDocument(text: change.text, version: version)
  }
}
