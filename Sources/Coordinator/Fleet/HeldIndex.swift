internal import CoordinatorAPI
internal import CoordinatorPages
internal import FleetStore
internal import FoundationEssentials
internal import GateModel
internal import Rollout

/// Which nodes hold which version: a small record under `held/SOURCE=VERSION/NODE`, so that the nodes of one version are a
/// range of keys in a fleet of any size.
struct HeldIndex: Sendable {
  private static let folder = "held/"
  private static let mostWrites = 50
  /// A page says why in a line; the node's own page has all of it.
  private static let longestMessage = 240

  let store: any FleetStore

  /// What is to be written where a node says `after` now and said `before`.
  static func writes(
    of node: String, from before: NodeSummary?, to after: NodeSummary
  ) throws -> [StoreWrite] {
    let (old, new) = (entries(of: node, before), entries(of: node, after))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var writes = old.keys.filter { new[$0] == nil }.sorted().map { StoreWrite.delete(key: $0) }
    for (key, held) in new.sorted(by: { $0.key < $1.key }) where old[key] != held {
      writes.append(.put(key: key, bytes: Array(try encoder.encode(held))))
    }
    return writes
  }

  /// The transactions that write `held`, and `last` with the last of them: a summary never names what is not in the index.
  /// One, unless more held versions changed than one takes; none if there is nothing to write.
  static func transactions(
    _ held: [StoreWrite], then last: [StoreWrite], on conditions: [StoreCondition]
  ) -> [StoreTransaction] {
    let before = held.dropLast(mostWrites)
    var parts = stride(from: 0, to: before.count, by: mostWrites).map { start in
      Array(before[start..<min(start + mostWrites, before.count)])
    }
    parts.append(held.suffix(mostWrites) + last)
    return parts.filter { !$0.isEmpty }.map { StoreTransaction(conditions: conditions, writes: $0) }
  }

  /// Nodes that hold `id`, by name.
  func nodes(holding id: RolloutID, after: String?, limit: Int) async throws -> (
    nodes: [(node: String, held: HeldOnNode)], hasMore: Bool
  ) {
    let prefix = "\(Self.folder)\(id)/"
    let page = try await store.range(prefix, after: after.map { prefix + $0 }, limit: limit)
    let nodes = page.entries.compactMap { entry in
      Self.held(entry).map { (node: String(entry.key.dropFirst(prefix.count)), held: $0) }
    }
    return (nodes, page.hasMore)
  }

  /// Counts every version; nil as soon as there are more than `most` records.
  func versions(most: Int = .max) async throws -> [HeldVersion]? {
    var versions: [HeldVersion] = []
    var after: String?
    var seen = 0
    repeat {
      let page = try await store.range(Self.folder, after: after, limit: min(most, StoreLimit.largestPage))
      seen += page.entries.count
      if page.hasMore, seen >= most { return nil }
      for entry in page.entries { Self.count(entry, &versions) }
      after = page.hasMore ? page.entries.last?.key : nil
    } while after != nil
    return versions.sorted { ($1.nodes, $0.id) < ($0.nodes, $1.id) }
  }

  /// The records of one version follow each other.
  private static func count(_ entry: StoredEntry, _ versions: inout [HeldVersion]) {
    let parts = entry.key.dropFirst(folder.count).split(separator: "/")
    guard parts.count == 2, let id = RolloutID(String(parts[0])), let held = held(entry) else { return }
    if let last = versions.indices.last, versions[last].id == id.description {
      versions[last].count(held)
    } else {
      versions.append(HeldVersion(source: id.source, version: id.version.text, held))
    }
  }

  private static func held(_ entry: StoredEntry) -> HeldOnNode? {
    try? JSONDecoder().decode(HeldOnNode.self, from: Data(entry.value.bytes))
  }

  /// By key. What is no version of a package, or has too long a key, is on the node's own page alone.
  private static func entries(of node: String, _ summary: NodeSummary?) -> [String: HeldOnNode] {
    var entries: [String: HeldOnNode] = [:]
    for held in summary?.held ?? [] {
      guard let id = RolloutID(source: held.source, version: held.version) else { continue }
      let key = "\(folder)\(id)/\(node)"
      guard key.utf8.count <= StoreLimit.longestKey else { continue }
      let decision = summary?.account?.decisions.first { $0.source == held.source && $0.to == held.version }
      entries[key] = HeldOnNode(
        verdict: held.verdict, since: held.since, rules: Array((decision?.rules ?? []).prefix(8)),
        message: String(held.message.prefix(longestMessage)), security: decision?.security)
    }
    return entries
  }
}
