internal import CoordinatorAPI
internal import FleetStore
internal import FoundationEssentials
internal import Rollout
internal import RolloutCoordination

/// A check-in: what the store has for it, all of one moment, and what is written of it.
struct NodeVisit: Sendable {
  private static let largestSummary = 256 << 10

  /// The node as it is kept.
  let node: FleetNode
  let plan: PlanInForce
  /// The version of the policy bundle in force.
  let bundle: Int?
  /// In this order, up to the first that conflicts. The node's record and its summary are in the last one.
  let transactions: [StoreTransaction]

  /// The keys to read at once.
  static func keys(_ node: String) -> [String] {
    [FleetKey.configuration, FleetKey.node(node), FleetService.summary(node), BundleService.versionKey]
  }

  /// - Parameter summary: nil leaves what the node said last.
  init(
    of node: FleetNode, _ summary: NodeSummary?, _ read: [String: StoredValue], under plan: PlanInForce
  ) throws {
    let turn = try NodeRecordTurn(node, read, under: plan.plan)
    self.node = turn.node
    self.plan = plan
    bundle = BundleService.version(in: read)
    var conditions: [StoreCondition] = []
    var held: [StoreWrite] = []
    var writes: [StoreWrite] = []
    if let write = turn.write {
      conditions.append(turn.condition)
      writes.append(write)
    }
    if let summary {
      let key = FleetService.summary(node.name)
      let bytes = try Self.bytes(of: summary)
      if read[key]?.bytes != bytes {
        let before = read[key].flatMap { try? JSONDecoder().decode(NodeSummary.self, from: Data($0.bytes)) }
        held = try HeldIndex.writes(of: node.name, from: before, to: summary)
        conditions.append(StoreCondition(key, is: read[key]?.version))
        writes.append(.put(key: key, bytes: bytes))
      }
    }
    transactions = HeldIndex.transactions(held, then: writes, on: conditions)
  }

  private static func bytes(of summary: NodeSummary) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let bytes = Array(try encoder.encode(summary))
    guard bytes.count <= largestSummary else { throw APIProblem(.bodyTooLarge, "the summary has over 256 KiB") }
    return bytes
  }
}
