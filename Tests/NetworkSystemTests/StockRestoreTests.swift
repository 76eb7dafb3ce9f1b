import TestSupport
import Foundation
import NetworkState
import NetworkSystem
import Testing

/// Our files restored by stock `ip`, and its files read by us.
@Suite(.enabled(if: TestNamespace.isPossible, "needs root and network namespaces"))
struct StockRestoreTests {
  private let folder = NSTemporaryDirectory() + "apt-gate-stock-" + UUID().uuidString

  /// A namespace with random routes and rules.
  private func makeNamespace() throws -> TestNamespace {
    let namespace = try TestNamespace()
    var seed = Seed("stock restore")
    try namespace.batch(SnapshotReaderTests.links)
    var objects = RandomObjects(seed: seed.next())
    try namespace.batch(
      ["nexthop add id 5 via 198.18.0.2 dev v0", "route add 198.19.255.0/24 nhid 5"] + objects.routes(300)
        + objects.rules(60), force: true)
    try namespace.settle()
    return namespace
  }

  private func read(_ namespace: TestNamespace) throws -> SnapshotReader.Reading {
    try SnapshotReader(namespace: namespace.path).read(by: .after(.seconds(20)))
  }

  /// The objects in the words of `ip`, without times left.
  private func words(_ kind: NetworkObjectKind, _ snapshot: NetworkSnapshot) -> Set<[String]> {
    let objects = ObjectDescriber(of: snapshot).describe(kind, of: snapshot)
    return Set(
      objects.map { object in
        object.members.filter { !["expires", "valid_life_time", "preferred_life_time"].contains($0.key) }
          .map { "\($0.key)=\($0.value)" }
      })
  }

  @Test func stockIpRestoresOurRoutesAndRules() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let namespace = try makeNamespace()
    let before = try read(namespace)
    let manifest = try SnapshotStore(folder: folder).write(before, .here(why: "test"))
    #expect(manifest.files.first { $0.name == .nexthopRoutes }?.count == 1)
    try flush(namespace)
    #expect(try words(.route, read(namespace).snapshot).count < words(.route, before.snapshot).count / 2)
    for (object, file) in [("route", "routes"), ("rule", "rules")] {
      // The kernel looks gateways up by the rules there are, so `main` has to be looked up while routes come back.
      if object == "rule" { try flushRules(namespace) }
      let path = "\(folder)/\(manifest.id)/\(file)"
      try Command.run("sh", ["-c", "exec ip -n \(namespace.name) \(object) restore < \(path)"])
    }
    try namespace.batch(["route add 198.19.255.0/24 nhid 5"])
    let after = try read(namespace).snapshot
    for kind in [NetworkObjectKind.route, .rule] {
      let missing = words(kind, before.snapshot).subtracting(words(kind, after))
      let extra = words(kind, after).subtracting(words(kind, before.snapshot))
      #expect(
        missing.isEmpty && extra.isEmpty, "\(kind): \(missing.count) missing, \(extra.count) extra: \(missing) \(extra)"
      )
    }
  }

  /// Deletes every route but the kernel's own. Stock `ip route restore` restores multipath routes before those of
  /// the networks that their gateways are in, so it needs these to be there.
  private func flush(_ namespace: TestNamespace) throws {
    // Stock `ip route flush` cannot delete a route with a nexthop object either.
    try namespace.ip("route", "del", "198.19.255.0/24")
    for family in ["-4", "-6"] {
      for origin in ["boot", "static", "dhcp", "ra", "bird", "80", "99"] {
        try Command.run("ip", ["-n", namespace.name, family, "route", "flush", "table", "all", "proto", origin])
      }
    }
    try flushRules(namespace)
    try namespace.batch(["rule add lookup main pref 32766", "-6 rule add lookup main pref 32766"])
  }

  private func flushRules(_ namespace: TestNamespace) throws {
    for family in ["-4", "-6"] { try Command.run("ip", ["-n", namespace.name, family, "rule", "flush"]) }
  }

  @Test func weReadWhatStockIpSaved() throws {
    let namespace = try makeNamespace()
    let snapshot = try read(namespace).snapshot
    let saved: [(SnapshotFile, [String])] = [
      (.routes, ["-4", "route", "save", "table", "all"]), (.routes, ["-6", "route", "save", "table", "all"]),
      (.rules, ["-4", "rule", "save"]), (.rules, ["-6", "rule", "save"]), (.addresses, ["addr", "save"]),
    ]
    var tables = NetworkSnapshot()
    tables[.link] = snapshot[.link]
    for (file, arguments) in saved {
      let bytes = try Command.run("ip", ["-n", namespace.name] + arguments)
      try tables[file.kind].append(contentsOf: file.decode([UInt8](bytes)))
    }
    for kind in [NetworkObjectKind.route, .rule, .address] {
      #expect(tables[kind].count == snapshot[kind].count)
      #expect(words(kind, tables) == words(kind, snapshot))
    }
  }
}
