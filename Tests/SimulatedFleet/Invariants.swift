package import FleetStore
import Foundation
import GateModel
package import Rollout
import RolloutCoordination

/// What nobody in a fleet can see of its nodes, and the invariants ask.
package protocol FleetTruth {
  /// For how long the node really had been well with the version when its record said that it has soaked, in
  /// milliseconds; negative if it never was.
  func wellFor(_ record: NodeRecord, _ id: RolloutID) -> Int64
}

/// What must hold after every write to the store and at every beginning of work, whatever went wrong before.
package struct Invariants {
  let plan: FleetPlan
  /// What is wrong, the first time that something is.
  package private(set) var violation: String?
  /// How many writes were looked at.
  private(set) var checked = 0

  // The store's contents, as records.
  private var heads: [RolloutID: RolloutHead] = [:]
  private var active: Set<RolloutID> = []
  private var members: [RolloutID: [String: NodeRecord]] = [:]
  private var slots: [String: SlotRecord] = [:]
  private var book = SlotBook()

  package init(plan: FleetPlan) { self.plan = plan }

  package var rollouts: [RolloutHead] { heads.values.sorted { $0.id.description < $1.id.description } }
  var slotBook: SlotBook { book }
  package func member(_ id: RolloutID, _ node: String) -> NodeRecord? { members[id]?[node] }

  private mutating func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
    if !holds, violation == nil { violation = what() }
  }

  /// The writes of a transaction are done.
  package mutating func committed(_ writes: [StoreWrite], in truth: some FleetTruth) {
    checked += 1
    let before = self
    var moved: [(id: RolloutID, node: String)] = []
    for write in writes { if let member = take(write) { moved.append(member) } }
    checkSlots()
    let open = Set(heads.values.lazy.filter { !$0.status.isOver }.map(\.id))
    let active = active
    expect(active == open, "rollouts \(active) are listed as active, \(open) are")
    for (id, head) in heads where before.heads[id] != head { checkHead(head, before.heads[id]) }
    for (id, name) in moved {
      guard let record = members[id]?[name], before.members[id]?[name] != record else { continue }
      checkMove(record, before.members[id]?[name], id, before, in: truth)
    }
  }

  /// Takes a write; gives the member of a rollout that it is about.
  private mutating func take(_ write: StoreWrite) -> (id: RolloutID, node: String)? {
    func decode<Record: Decodable>(_ bytes: [UInt8]) -> Record? {
      try? JSONDecoder().decode(Record.self, from: Data(bytes))
    }
    let parts = write.key.split(separator: "/").map(String.init)
    switch (parts.first, write) {
    case ("slots", .put(FleetKey.book, let bytes)): book = decode(bytes) ?? book
    case ("slots", .put(_, let bytes)): slots[parts[2]] = decode(bytes)
    case ("slots", .delete): slots[parts[2]] = nil
    case ("rollouts", .put(_, let bytes)) where parts[1] == "head":
      if let head: RolloutHead = decode(bytes) { heads[head.id] = head }
    case ("rollouts", .put) where parts[1] == "active": if let id = RolloutID(parts[2]) { active.insert(id) }
    case ("rollouts", .delete) where parts[1] == "active": if let id = RolloutID(parts[2]) { active.remove(id) }
    case ("rollouts", .put(_, let bytes)) where parts[1] == "node":
      guard let id = RolloutID(parts[2]), let record: NodeRecord = decode(bytes) else { return nil }
      members[id, default: [:]][record.node] = record
      return (id, record.node)
    default: break
    }
    return nil
  }

  // MARK: Slots

  private mutating func checkSlots() {
    var rings: [String: Int] = [:]
    var domains: [String: Int] = [:]
    for slot in slots.values {
      rings[slot.ring, default: 0] += 1
      for domain in slot.domains { domains[domain, default: 0] += 1 }
    }
    let book = book
    expect(rings == book.rings, "the book counts slots \(book.rings), the nodes hold \(rings)")
    expect(domains == book.domains, "the book counts domains \(book.domains), the nodes hold \(domains)")
    for ring in plan.rings {
      let population = heads.values.compactMap { $0.rings[ring.name]?.population }.max() ?? 0
      let limit = ring.slots.limit(of: population)
      expect(rings[ring.name, default: 0] <= limit, "ring \(ring.name) has \(rings[ring.name] ?? 0) slots of \(limit)")
    }
    for (domain, count) in domains {
      let label = String(domain.prefix { $0 != "=" })
      let limit = plan.rings.map { $0.perDomain[label] ?? .max }.max() ?? .max
      expect(count <= limit, "\(count) nodes at work in \(domain), at most \(limit)")
    }
  }

  // MARK: Rings

  private mutating func checkHead(_ head: RolloutHead, _ old: RolloutHead?) {
    for ring in plan.rings {
      var counts: [String: Int] = [:]
      for member in members[head.id, default: [:]].values where member.ring == ring.name {
        counts[member.phase.rawValue, default: 0] += 1
      }
      expect(counts == head[ring.name].counts, "\(head.id) counts \(head[ring.name].counts), there are \(counts)")
      let unproven = members[head.id, default: [:]].values.filter { $0.ring == ring.name && $0.unproven != nil }.count
      expect(unproven == head[ring.name].unproven, "\(head.id) miscounts nodes with unproven contents")
      checkRing(ring, head, old)
    }
    if let old, old.status != head.status {
      let next = RolloutStatus.transitions[old.status]?.values.map { $0 } ?? []
      // One order may be two steps: what is resumed may be complete.
      let then = next.flatMap { RolloutStatus.transitions[$0]?.values.map { $0 } ?? [] }
      expect((next + then).contains(head.status), "\(head.id) went from \(old.status) to \(head.status)")
    }
  }

  private mutating func checkRing(_ ring: RingPlan, _ head: RolloutHead, _ old: RolloutHead?) {
    let now = head[ring.name]
    let then = old?[ring.name]
    if now.opened != nil, then?.opened == nil {
      for earlier in plan.rings.prefix(while: { $0.name != ring.name }) {
        expect(head[earlier.name].passed != nil, "\(head.id): \(ring.name) opened before \(earlier.name) passed")
      }
      expect(
        now.promotion != nil || now.approvals.count >= ring.approvals.count, "\(ring.name) opened without approval")
    }
    expect(then?.opened == nil || now.opened != nil, "\(head.id): \(ring.name) closed again")
    guard now.passed != nil, then?.passed == nil, now.promotion == nil else { return }
    let soaked = members[head.id, default: [:]].values.filter { $0.ring == ring.name && $0.phase == .soaked }.count
    let failed = members[head.id, default: [:]].values.filter { $0.ring == ring.name && $0.phase.isFailure }.count
    let gone = now[.skipped] + now[.unaffected] + failed
    let need = ring.minimumHealthy.needed(of: max(now.population, now.counts.values.reduce(0, +)) - gone)
    expect(soaked >= need && soaked > 0, "\(head.id): \(ring.name) passed with \(soaked) soaked nodes of \(need)")
  }

  // MARK: Nodes

  private mutating func checkMove(
    _ record: NodeRecord, _ old: NodeRecord?, _ id: RolloutID, _ before: Invariants, in truth: some FleetTruth
  ) {
    let from = old?.phase ?? .expected
    let status = before.heads[id]?.status ?? .active
    if from != record.phase {
      expect(Self.reachable[from]?.contains(record.phase) ?? false, "\(record.node) \(from) to \(record.phase)")
    }
    if record.phase == .granted, old?.token != record.token {
      expect(status == .active || status == .completed, "\(id) granted \(record.node) while \(status)")
      expect(heads[id]?[record.ring].opened != nil, "\(id) granted \(record.node) in a closed ring")
      expect(record.token ?? 0 > before.book.lastToken, "token \(record.token ?? 0) after \(before.book.lastToken)")
    }
    if record.phase == .applying, from != .applying {
      expect(status == .active || status == .completed, "\(id) confirmed \(record.node) while \(status)")
    }
    if record.phase.isAtWork {
      expect(
        slots[record.node]?.holders[id.description] == record.token, "\(record.node) is at work without its slot")
    }
    if record.phase == .soaked, from != .soaked { checkSoak(record, id, in: truth) }
  }

  /// The node really was well for as long as the ring asks for, by the time that nobody in the fleet can see.
  private mutating func checkSoak(_ record: NodeRecord, _ id: RolloutID, in truth: some FleetTruth) {
    guard let ring = plan.ring(named: record.ring) else { return }
    let lasted = truth.wellFor(record, id)
    // Times are in whole seconds.
    expect(
      lasted + 1000 >= ring.soak.components.seconds * 1000, "\(record.node) soaked after \(lasted) ms of \(ring.soak)")
  }

  /// The phases that one event may lead to: each event moves a node a few steps at most.
  private static let reachable: [NodePhase: Set<NodePhase>] = Dictionary(
    uniqueKeysWithValues: NodePhase.allCases.map { phase in
      var found: Set<NodePhase> = [phase]
      for _ in 0..<2 { for one in found { found.formUnion((NodePhase.transitions[one] ?? [:]).values) } }
      return (phase, found)
    })

  // MARK: Work, as it really is

  /// dpkg begins on a node.
  mutating func began(_ node: SimulatedNode, _ id: RolloutID, in world: SimulatedWorld) {
    let busy = world.nodes.filter { node in node.work.keys.contains { node.isWorking(on: $0) } }
    let ring = plan.assignment(of: node.description)
    let populations = plan.rings.map { ring in
      (ring.name, heads.values.compactMap { $0.rings[ring.name]?.population }.max() ?? 0)
    }
    let violation = Self.crowding(
      at: node.description, among: busy.map(\.description), under: plan,
      populations: Dictionary(populations, uniquingKeysWith: { first, _ in first }))
    expect(violation == nil, violation ?? "")
    if case .ring(let ring) = ring {
      expect(heads[id]?[ring].opened != nil, "\(node.draft.name) began \(id) before its ring opened")
    }
  }

  /// What is wrong with who is really at work, now that a node began; nil if nothing. `busy` has the node itself.
  package static func crowding(
    at node: FleetNode, among busy: [FleetNode], under plan: FleetPlan, populations: [String: Int]
  ) -> String? {
    guard case .ring(let name) = plan.assignment(of: node), let ring = plan.ring(named: name) else {
      return "\(node.name) is at work in no ring"
    }
    let limit = ring.slots.limit(of: populations[name] ?? 0)
    let count = busy.filter { plan.assignment(of: $0) == .ring(name) }.count
    if count > limit { return "\(count) nodes really at work in \(name), at most \(limit)" }
    for label in plan.labels {
      guard let limit = plan.rings.map({ $0.perDomain[label] ?? .max }).max(), limit < .max else { continue }
      let neighbours = busy.filter { $0.labels[label] == node.labels[label] }.count
      if neighbours > limit { return "\(neighbours) neighbours really at work in \(label)=\(node.labels[label] ?? "")" }
    }
    return nil
  }
}
