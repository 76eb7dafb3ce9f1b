import Foundation
import Glibc

/// A network namespace of a test's own, with a folder for snapshots; both are gone when the test is.
final class MadeUpNetwork {
  let name: String
  let folder: TemporaryFolder

  var path: String { "/run/netns/\(name)" }

  /// Whether this process may make namespaces; tests that need one are skipped otherwise.
  static let isPossible: Bool = {
    guard geteuid() == 0, Command.exists("ip"), let network = try? MadeUpNetwork() else { return false }
    return (try? network.ip("link add probe0 type veth peer name probe1")) != nil
  }()

  struct Refused: Error { var text: String }

  init() throws {
    name = "apt-gate-c-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    folder = try TemporaryFolder()
    try Self.checked(Command("ip", ["netns", "add", name]))
  }

  deinit { _ = try? Command("ip", ["netns", "del", name]).run() }

  /// Two links, two addresses, routes in three tables, rules, nexthops and a neighbour, the same every time.
  static func ordinary() throws -> MadeUpNetwork {
    let network = try MadeUpNetwork()
    // The kernel's own IPv6 routes would be there in any order.
    let off = "echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6"
    try checked(Command("ip", ["netns", "exec", network.name, "sh", "-c", off]))
    try network.ip(
      """
      link add v0 index 20 address 02:00:00:00:00:20 type veth peer name v1 index 21 address 02:00:00:00:00:21
      link set lo up
      link set v0 up
      link set v1 up
      addr add 198.18.0.1/24 dev v0
      nexthop add id 5 via 198.18.0.2 dev v0 proto zebra
      nexthop add id 6 via 198.18.0.3 dev v0
      nexthop add id 20 group 5,3/6
      route add default via 198.18.0.2 proto static metric 100
      route add 198.19.0.0/24 nhid 20 proto bird
      route add 198.19.4.0/24 proto 80 nexthop via 198.18.0.4 weight 3 nexthop via 198.18.0.5
      route add 198.19.5.0/24 via 198.18.0.3 table 70000 src 198.18.0.1 mtu 1300
      route add blackhole 198.19.9.0/24 proto static
      rule add fwmark 0x200/0xf00 lookup 2004 pref 9
      rule add not from 198.18.0.0/24 lookup 70000 pref 130
      neigh add 198.18.0.9 lladdr 02:00:00:00:00:09 dev v0 nud permanent
      """)
    return network
  }

  /// Runs `ip` commands, one a line.
  func ip(_ lines: String) throws {
    try folder.write("batch", lines + "\n")
    try Self.checked(Command("ip", ["-n", name, "-batch", "\(folder.path)/batch"]))
  }

  /// `apt-gate network ...` on this network.
  func gate(_ arguments: String...) throws -> Command.Outcome {
    try Command(
      MadeUpNode.binary, ["network"] + arguments + ["--netns", path, "--state", "\(folder.path)/state"]
    ).run()
  }

  /// Takes a snapshot and returns its id.
  func snapshot(why: String = "before the upgrade") throws -> String {
    let outcome = try gate("snapshot", "--json", "--why", why)
    guard outcome.status == 0, let id = try ParsedJSON(outcome.output)["snapshots"]?.elements.first?["id"]?.string
    else { throw Refused(text: outcome.error) }
    return id
  }

  /// Where the snapshot with an id is.
  func path(of id: String) -> String { "\(folder.path)/state/snapshots/\(id)" }

  /// Edits the manifest of a snapshot, and the digests beside it unless `isSloppy`.
  func editManifest(of id: String, isSloppy: Bool = false, _ edit: (String) -> String) throws {
    let manifest = "state/snapshots/\(id)/manifest.json"
    try folder.write(manifest, edit(folder.text(manifest)))
    if isSloppy { return }
    let sums = "sha256sum $(cut -c67- SHA256SUMS) > new && mv new SHA256SUMS"
    try Self.checked(Command("sh", ["-c", "cd \(path(of: id)) && \(sums)"]))
  }

  /// What was printed, without what is another in every run.
  func settled(_ text: String, _ ids: String...) -> String {
    var text = text
    for (place, id) in ids.enumerated() { text = text.replacing(id, with: ids.count == 1 ? "ID" : "ID\(place + 1)") }
    return text.replacing(folder.path, with: "FOLDER").replacing(path, with: "NETNS")
  }

  @discardableResult
  private static func checked(_ command: Command) throws -> String {
    let outcome = try command.run()
    guard outcome.status == 0 else { throw Refused(text: outcome.error) }
    return outcome.output
  }
}
