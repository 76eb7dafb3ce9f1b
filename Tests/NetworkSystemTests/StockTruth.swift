import Foundation
import NetworkState
import NetworkSystem
import Testing

/// Our snapshot of a namespace against what stock `ip -j` prints of it.
struct StockTruth {
  let namespace: TestNamespace

  func expectAgreement() throws {
    let snapshot = try SnapshotReader(namespace: namespace.path).read(by: .after(.seconds(20))).snapshot
    try expectAgreement(of: snapshot)
  }

  func expectAgreement(of snapshot: NetworkSnapshot) throws {
    let describer = ObjectDescriber(names: NumberNameFiles.read(), of: snapshot)
    try compare(.route, describer, snapshot) {
      try stock("-4", "route", "show", "table", "all") + stock("-6", "route", "show", "table", "all")
    }
    try compare(.rule, describer, snapshot) { try stock("-4", "rule") + stock("-6", "rule") }
    try compare(.nexthop, describer, snapshot) { try stock("nexthop") }
    try compare(.neighbour, describer, snapshot) { try stock("neigh", "show", "nud", "permanent") }
    try compare(.address, describer, snapshot) {
      try stock("addr").flatMap { $0["addr_info"] as? [[String: Any]] ?? [] }
    }
  }

  private func stock(_ arguments: String...) throws -> [[String: Any]] {
    let printed = try Command.run("ip", ["-n", namespace.name, "-j"] + arguments)
    if printed.isEmpty { return [] }
    return try #require(try JSONSerialization.jsonObject(with: printed) as? [[String: Any]])
  }

  private func compare(
    _ kind: NetworkObjectKind, _ describer: ObjectDescriber, _ snapshot: NetworkSnapshot,
    _ stock: () throws -> [[String: Any]]
  ) throws {
    let ours = try JSONSerialization.jsonObject(with: JSONEncoder().encode(describer.describe(kind, of: snapshot)))
    let mine = try #require(ours as? [[String: Any]]).map(Self.settled)
    let theirs = try stock().filter { !$0.isEmpty }.map(Self.settled)
    let mineSet = Set(mine)
    let theirSet = Set(theirs)
    #expect(mine.count == theirs.count, "number of \(kind.rawValue) objects")
    for object in theirSet.subtracting(mineSet) { Issue.record("\(kind.rawValue) only in ip: \(object)") }
    for object in mineSet.subtracting(theirSet) { Issue.record("\(kind.rawValue) only in ours: \(object)") }
  }

  /// Without the times left, which change between the two readings.
  private static func settled(_ object: [String: Any]) -> NSDictionary {
    var object = object
    for key in ["expires", "valid_life_time", "preferred_life_time"] {
      if let time = object[key] as? Int, time != UInt32.max { object[key] = "finite" }
    }
    return NSDictionary(dictionary: object)
  }
}
