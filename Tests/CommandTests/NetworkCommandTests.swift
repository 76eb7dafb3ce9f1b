import Foundation
import NetworkState
import NetworkSystem
import Testing

@testable import apt_gate

/// The built program on a namespace of its own: whole texts, exit codes, and JSON as described.
@Suite(.enabled(if: MadeUpNetwork.isPossible, "needs root and network namespaces"))
struct NetworkCommandTests {
  /// What systemd-networkd would do, and what an administrator would.
  private static let losses = """
    route del 198.19.0.0/24
    route del 198.19.5.0/24 table 70000
    rule del pref 9
    """
  private static let changes = """
    route replace 198.19.4.0/24 via 198.18.0.77 proto 80
    route add 198.19.77.0/24 via 198.18.0.2
    rule del pref 130
    rule add not from 198.18.0.0/24 lookup 70 pref 130
    rule add pref 77 lookup 5
    nexthop add id 99 blackhole
    addr add 198.18.7.1/24 dev v1
    neigh add 198.18.7.9 lladdr 02:00:00:00:07:09 dev v1 nud permanent
    """

  private func expect(_ outcome: Command.Outcome, _ status: Int32, _ golden: String, _ settle: (String) -> String)
    throws
  {
    #expect(outcome.status == status)
    try Golden.expect(settle(outcome.output + outcome.error), is: "network-\(golden).txt")
  }

  private func expectDescribed(_ outcome: Command.Outcome, _ schema: String) throws -> ParsedJSON {
    let json = try ParsedJSON(outcome.output)
    #expect(try SchemaTests.validator.violations(of: json, schema: "network-\(schema).schema.json") == [])
    #expect(outcome.output.hasPrefix("{\n  \"schema\": \"apt-gate/network-"))
    return json
  }

  @Test func showIsGroupedAndFiltered() throws {
    let network = try MadeUpNetwork.ordinary()
    try expect(network.gate("show"), 0, "show") { network.settled($0) }
    try expect(network.gate("show", "--table", "70000", "--family", "inet"), 0, "show-table") { network.settled($0) }
    try expect(network.gate("show", "--protocol", "bird", "--protocol", "80"), 0, "show-protocol") {
      network.settled($0)
    }
    try expect(network.gate("show", "--dev", "v1"), 0, "show-dev") { network.settled($0) }
    #expect(try network.gate("show", "--dev", "v1", "--table", "9").output == "Nothing of that kind is there.\n")
  }

  /// Third-party truth: stock `ip -j`.
  @Test func showAsJSONHasTheObjectsOfStockIp() throws {
    let network = try MadeUpNetwork.ordinary()
    let json = try expectDescribed(network.gate("show", "--json"), "show")
    for (key, words) in [("routes", "route show table all"), ("rules", "rule"), ("nexthops", "nexthop")] {
      let arguments = ["-n", network.name, "-j", "-4"] + words.split(separator: " ").map(String.init)
      let stock = try ParsedJSON(Command("ip", arguments).run().output).elements
      let ours = json[key]?.elements ?? []
      #expect(!stock.isEmpty && Set(stock).isSubset(of: ours), "\(key)")
    }
    let id = try network.snapshot()
    let stored = try expectDescribed(network.gate("show", id, "--json"), "show")
    // Stored routes are in the order of their files.
    #expect(Set(stored["routes"]?.elements ?? []) == Set(json["routes"]?.elements ?? []))
    #expect(stored["snapshot"] == .string(id))
  }

  @Test func snapshotsAreTakenListedAndRemoved() throws {
    let network = try MadeUpNetwork.ordinary()
    try expect(network.gate("snapshot", "--list"), 0, "list-none") { network.settled($0) }
    let first = try network.snapshot()
    let taken = try network.gate("snapshot", "--why", "another \u{1b}[2J one", "--keep", "1")
    let second = String(taken.output.prefix { $0 != "\n" })
    try expect(taken, 0, "snapshot") { network.settled($0, second) }
    let listed = try network.gate("snapshot", "--list")
    try expect(listed, 0, "list") { text in
      let size = text.firstMatch(of: /[0-9.]+ KiB/).map { String($0.output) } ?? ""
      let host = SnapshotOrigin.here(why: "").host
      return network.settled(text.replacing(size, with: "SIZE").replacing("  \(host)\n", with: "  HOST\n"), second)
    }
    let json = try expectDescribed(network.gate("snapshot", "--list", "--json"), "snapshots")
    #expect(json["snapshots"]?.elements.map { $0["id"]?.string } == [second])
    #expect(try network.gate("show", first).status == 1)
    // For its owner alone.
    let mode = try Command("stat", ["-c", "%a", "\(network.folder.path)/state/snapshots"]).run().output
    #expect(mode == "700\n")
  }

  @Test func diffTellsProtectedLossesFirst() throws {
    let network = try MadeUpNetwork.ordinary()
    let id = try network.snapshot()
    let settle = { network.settled(Self.withoutHost($0), id) }
    try expect(network.gate("diff", id), 0, "diff-none", settle)
    try network.ip(Self.losses + "\n" + Self.changes)
    try expect(network.gate("diff", "latest", "now"), 0, "diff", settle)
    let churn = [
      "--expect-interface", "v1", "--expect-protocol", "bird", "--expect-prefix", "198.19.5.0/24",
      "--expect-prefix", "198.19.77.0/24",
    ]
    let expected = try Command(
      MadeUpNode.binary,
      ["network", "diff", String(id.prefix(12)), "--netns", network.path, "--state", "\(network.folder.path)/state"]
        + churn
    ).run()
    try expect(expected, 0, "diff-expected", settle)
    let json = try expectDescribed(network.gate("diff", "latest", "--json"), "diff")
    #expect(json["counts"]?["protectedLosses"] == .number(3))
    #expect(
      json["differences"]?.elements.prefix(4).map { $0["protectedLoss"] } == [
        .bool(true), .bool(true), .bool(true), .bool(false),
      ])
  }

  @Test func restorePutsBackOnlyWhatIsMissing() throws {
    let network = try MadeUpNetwork.ordinary()
    let id = try network.snapshot()
    let settle = { network.settled(Self.withoutHost($0), id) }
    try expect(network.gate("restore", id), 0, "restore-nothing", settle)
    try network.ip(Self.losses + "\n" + Self.changes)
    try expect(network.gate("restore", id, "--dry-run"), 0, "restore-dry", settle)
    _ = try expectDescribed(network.gate("restore", id, "--dry-run", "--json"), "restore")
    #expect(try network.gate("diff", id).output.contains("3 protected losses"))
    try expect(network.gate("restore", id), 0, "restore", settle)
    try expect(network.gate("restore", id), 0, "restore-again", settle)
  }

  @Test func exactRestoreLeavesNoDifference() throws {
    let network = try MadeUpNetwork.ordinary()
    let id = try network.snapshot()
    let settle = { network.settled(Self.withoutHost($0), id) }
    try network.ip(Self.losses + "\n" + Self.changes)
    try expect(network.gate("restore", id, "--exact", "--dry-run"), 0, "restore-exact-dry", settle)
    let json = try expectDescribed(network.gate("restore", id, "--exact", "--json"), "restore")
    #expect(json["refused"] == .array([]) && json["dryRun"] == .bool(false))
    try expect(network.gate("diff", id), 0, "diff-none", settle)
    try expect(network.gate("restore", id, "--exact"), 0, "restore-nothing", settle)
  }

  @Test func aRenamedInterfaceIsNamed() throws {
    let network = try MadeUpNetwork.ordinary()
    let id = try network.snapshot()
    let settle = { network.settled(Self.withoutHost($0), id) }
    try network.ip("link set v0 down\nlink set v0 name wan0\nlink set wan0 up\nlink set v1 down\nlink set v1 up")
    try expect(network.gate("restore", id), 1, "restore-renamed", settle)
    // Nothing that hangs on a link that the snapshot does not have is ever deleted.
    _ = try network.gate("restore", id, "--exact")
    #expect(try network.gate("show", "--dev", "wan0").output.contains("198.18.0.1/24 dev wan0"))
  }

  /// After a boot links have other numbers.
  @Test func linksAreMatchedByName() throws {
    let network = try MadeUpNetwork.ordinary()
    let id = try network.snapshot()
    try network.editManifest(of: id) {
      $0.replacing(/"bootID" : "[^"]*"/, with: "\"bootID\" : \"another\"")
    }
    try expect(network.gate("restore", id), 1, "restore-boot") { network.settled(Self.withoutHost($0), id) }
    try network.ip(
      """
      link del v0
      link add v0 index 33 address 02:00:00:00:00:20 type veth peer name v1 index 21 address 02:00:00:00:00:21
      """)
    let outcome = try network.gate("restore", id, "--force")
    #expect(outcome.status == 0)
    #expect(outcome.error == "")
    let routes = try network.gate("show", "--dev", "v0").output
    #expect(routes.contains("default via 198.18.0.2 dev v0 proto static metric 100"))
    #expect(routes.contains("198.19.4.0/24 proto 80 nexthop via 198.18.0.4 dev v0 weight 3 nexthop"))
  }

  @Test func anotherHostIsRefused() throws {
    let network = try MadeUpNetwork.ordinary()
    let id = try network.snapshot()
    try network.editManifest(of: id) { $0.replacing(/"host" : "[^"]*"/, with: "\"host\" : \"elsewhere\"") }
    try expect(network.gate("restore", id), 1, "restore-host") { network.settled(Self.withoutHost($0), id) }
    #expect(try network.gate("restore", id, "--force").status == 0)
  }

  /// The snapshot's manifest says which network it is of.
  @Test func aSnapshotOfAnotherNamespaceIsRestoredWithAWarning() throws {
    let (network, other) = (try MadeUpNetwork.ordinary(), try MadeUpNetwork.ordinary())
    let id = try network.snapshot()
    #expect(try !network.gate("restore", id, "--dry-run").output.contains("namespace"))
    let outcome = try other.gate("restore", network.path(of: id), "--dry-run")
    let text = outcome.output.replacing("\n", with: " ")
    #expect(outcome.status == 0 && text.contains("is of the network namespace `\(network.path)`"))
    let json = try expectDescribed(other.gate("restore", network.path(of: id), "--dry-run", "--json"), "restore")
    #expect(json["warnings"]?.elements.count == 1)
  }

  /// What the configuration says comes and goes is no difference, and stays away.
  @Test func theConfigurationsChurnIsExpected() throws {
    let network = try MadeUpNetwork.ordinary()
    let id = try network.snapshot()
    try network.ip(Self.losses)
    try network.folder.write(
      "gate.yaml", "apiVersion: apt-gate/v1\nexpectedChurn: {protocols: [bird], prefixes: [198.19.5.0/24]}\n")
    let config = "\(network.folder.path)/gate.yaml"
    let json = try expectDescribed(network.gate("diff", id, "--config", config, "--json"), "diff")
    #expect(json["counts"]?["protectedLosses"] == .number(1))
    #expect(try network.gate("restore", id, "--config", config).status == 0)
    #expect(try network.gate("diff", id, "--config", config).output.contains("No difference;"))
    #expect(try network.gate("diff", id).output.contains("2 protected losses"))
    try network.folder.write("gate.yaml", "apiVersion: apt-gate/v1\nexpectedChurn: {protocols: [none]}\n")
    let broken = try network.gate("diff", id, "--config", config)
    #expect(broken.status == 1 && broken.error.contains("is broken"))
  }

  @Test func whatTheKernelRefusesIsToldWithItsReason() throws {
    let network = try MadeUpNetwork.ordinary()
    let id = try network.snapshot()
    try network.ip("route del 198.19.5.0/24 table 70000\nrule add pref 5 to 198.18.0.3 unreachable")
    try expect(network.gate("restore", id), 1, "restore-refused") { network.settled(Self.withoutHost($0), id) }
    let json = try expectDescribed(network.gate("restore", id, "--json"), "restore")
    #expect(json["refused"]?.elements.first?["reason"] == .string("Nexthop has invalid gateway"))
  }

  @Test(arguments: ["cut-off", "edited", "manifest-cut-off", "manifest-edited", "digests-cut-off", "lost"])
  func anAlteredSnapshotIs3(damage: String) throws {
    let network = try MadeUpNetwork.ordinary()
    let id = try network.snapshot()
    let path = network.path(of: id)
    switch damage {
    case "cut-off": _ = try Command("truncate", ["-s", "-4", "\(path)/routes"]).run()
    case "edited": _ = try Command("sh", ["-c", "printf x | dd of=\(path)/rules conv=notrunc bs=1 seek=40"]).run()
    case "manifest-cut-off": _ = try Command("truncate", ["-s", "-4", "\(path)/manifest.json"]).run()
    case "manifest-edited": try network.editManifest(of: id, isSloppy: true) { $0.replacing("upgrade", with: "update") }
    case "digests-cut-off": _ = try Command("truncate", ["-s", "-4", "\(path)/SHA256SUMS"]).run()
    default: _ = try Command("rm", ["\(path)/nexthops"]).run()
    }
    for command in ["restore", "show", "diff"] {
      let outcome = try network.gate(command, id)
      try expect(outcome, 3, "altered-\(damage)") { network.settled($0, id) }
    }
  }

  @Test func aNameThatIsNoSnapshotIs1() throws {
    let network = try MadeUpNetwork.ordinary()
    try expect(network.gate("restore", "20261121"), 1, "no-snapshot") { network.settled($0) }
    let ids = try (0..<2).map { _ in try network.snapshot() }
    let common = String(ids[0].prefix(4))
    try expect(network.gate("diff", common), 1, "ambiguous") {
      network.settled($0, ids[0], ids[1]).replacing("`\(common)`", with: "`YEAR`")
    }
    #expect(try network.gate("show", network.path(of: ids[0])).status == 0)
  }

  @Test func noNamespaceIs1() throws {
    for command in [["show"], ["snapshot", "--state", "/nonexistent-folder"], ["diff", "now"]] {
      let outcome = try Command(MadeUpNode.binary, ["network"] + command + ["--netns", "/run/netns/no-such"]).run()
      try expect(outcome, 1, "no-namespace") { $0 }
    }
  }

  @Test(.enabled(if: Command.exists("setpriv"), "setpriv is not installed"))
  func withoutPermissionItIs1() throws {
    let network = try MadeUpNetwork.ordinary()
    let id = try network.snapshot()
    _ = try Command("chmod", ["-R", "a+rX", network.folder.path]).run()
    // The program has to be readable for others as well.
    let binary = "\(network.folder.path)/apt-gate"
    _ = try Command("cp", [MadeUpNode.binary, binary]).run()
    let demoted = ["--reuid", "65534", "--regid", "65534", "--clear-groups", binary, "network"]
    for (words, golden) in [
      (["show", "--netns", network.path], "denied-namespace"),
      (["snapshot", "--state", "\(network.folder.path)/state"], "denied-snapshot"),
      (["restore", network.path(of: id), "--force", "--dry-run", "--netns", network.path], "denied-namespace"),
    ] {
      try expect(Command("setpriv", demoted + words).run(), 1, golden) {
        network.settled($0, id).replacing(/\.[0-9]{8}T[^`]*/, with: ".DRAFT")
      }
    }
  }

  @Test(arguments: [
    ["show", "--family", "inet7"], ["show", "--table", "nosuch"], ["show", "--protocol", "300"],
    ["snapshot", "--keep", "0"],
    ["snapshot", "--max-age", "soon"], ["snapshot", "x"], ["diff"], ["diff", "a", "b", "c"], ["restore"],
    ["diff", "now", "--expect-prefix", "198.18.0.0/33"], ["restore", "x", "--netns", ""], ["show", "--state="],
  ])
  func wrongUsageIs64(arguments: [String]) throws {
    let outcome = try Command(MadeUpNode.binary, ["network"] + arguments).run()
    #expect(outcome.status == 64)
    #expect(outcome.error.hasPrefix("apt-gate: ") && outcome.output == "")
  }

  private static func withoutHost(_ text: String) -> String {
    text.replacing("on \(SnapshotOrigin.here(why: "").host))", with: "on HOST)")
      .replacing("this is `\(SnapshotOrigin.here(why: "").host)`", with: "this is `HOST`")
  }
}
