internal import CoordinatorPages
internal import FleetStore
internal import FoundationEssentials
internal import GateModel
internal import Rollout
internal import RolloutCoordination

/// Counts the fleet: a small one whenever it is asked, a large one when the clockwork does, for all coordinators.
struct CensusTaker: Sendable {
  private static let key = "census"
  /// Up to this many nodes, and held versions on them, a page counts by itself.
  private static let few = 250
  /// Bytes of a record: less than a store takes.
  private static let largest = StoreLimit.largestValue * 3 / 4

  let store: any FleetStore
  private let decoded = DecodedRecords<FleetCensus>()

  init(store: any FleetStore) { self.store = store }

  /// The fleet as it is, or as it was counted last.
  func census(under plan: FleetPlan, at now: Timestamp) async throws -> FleetCensus {
    if let kept = try await store.get(Self.key) { return try decoded.record(kept, at: Self.key) }
    let page = try await store.range(FleetKey.nodes, after: nil, limit: Self.few)
    if !page.hasMore, let held = try await HeldIndex(store: store).versions(most: Self.few) {
      var survey = FleetSurvey(plan)
      var census = FleetCensus(at: now)
      for entry in page.entries {
        let node = try JSONDecoder().decode(FleetNode.self, from: Data(entry.value.bytes))
        survey.count(node)
        census.count(node)
      }
      census.fill(survey, held)
      return census
    }
    return FleetCensus(at: now)
  }

  /// Writes down what the clockwork counted, unless pages count it themselves; then nothing is left that they would take
  /// for it. Of two coordinators the later one stays, which is as good.
  func keep(_ census: FleetCensus, _ survey: FleetSurvey) async throws {
    let index = HeldIndex(store: store)
    if survey.nodes <= Self.few, try await index.versions(most: Self.few) != nil {
      guard try await store.get(Self.key) != nil else { return }
      _ = try await store.transact(StoreTransaction(writes: [.delete(key: Self.key)]))
      return
    }
    var census = census
    census.fill(survey, try await index.versions() ?? [])
    var bytes = Array(try JSONEncoder().encode(census))
    while bytes.count > Self.largest, !census.held.isEmpty {
      census.held.removeLast(max(1, census.held.count / 4))
      census.heldIsCut = true
      bytes = Array(try JSONEncoder().encode(census))
    }
    _ = try await store.transact(StoreTransaction(writes: [.put(key: Self.key, bytes: bytes)]))
  }
}

extension FleetCensus {
  mutating func count(_ node: FleetNode) {
    nodes += 1
    if node.problem != nil { unwell += 1 }
    if at.duration(since: node.seen) > Self.quietAfter { quiet += 1 }
  }

  fileprivate mutating func fill(_ survey: FleetSurvey, _ held: [HeldVersion]) {
    rings = survey.populations
    unassigned = survey.unassigned.count
    ambiguous = survey.ambiguous.count
    self.held = Array(held.prefix(Self.mostHeld))
    heldIsCut = held.count > Self.mostHeld
  }
}
