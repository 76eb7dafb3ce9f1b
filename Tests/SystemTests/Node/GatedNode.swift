import Foundation
import Testing

/// A booted node with apt-gate's package installed; or, to compare with, one without it.
struct GatedNode {
  let node: BootedNode

  /// What a CNI plugin leaves on a node.
  private static let foreign = """
    ip route add 198.19.0.0/16 via 198.18.0.1 dev eth0 proto 80
    ip route add 198.19.0.0/16 via 198.18.0.1 dev eth0 table 200 proto 80
    ip rule add to 198.19.0.0/16 table 200 pref 111
    """

  static let state = "ip -4 route show table all proto 80 | sort; ip rule show"

  /// `packages` are in the node besides those that every booted node has.
  static func boot(
    isGated: Bool = true, packages: [String] = [], at port: LabSwitch.Port? = nil
  ) async throws -> GatedNode {
    let node = try await BootedNode.boot(packages: packages, at: port)
    if isGated { try await install(on: node) }
    if isGated { try await bePatient(with: node) }
    try await node.shell(foreign)
    return GatedNode(node: node)
  }

  /// Gives the hooks more time where the program is built for debugging: it is many times slower than one built for use.
  static func bePatient(with node: BootedNode) async throws {
    if try await !LabFolder.swiftLibraries().isEmpty { try node.write(patience.path, patience.text) }
  }

  /// Gives the hooks more time, where what is tried is not how long they take.
  func takeTime() throws { try node.write(Self.patience.path, Self.patience.text) }

  private static let patience = (
    path: "/etc/apt-gate/apt-gate.yaml.d/50-patience.yaml",
    text: "apiVersion: apt-gate/v1\ndeadlines: {preInstall: 60s, postInstall: 120s}\n"
  )

  /// As an administrator does it: apt, dpkg and the maintainer scripts are the node's own.
  private static func install(on node: BootedNode) async throws {
    try await node.copySwiftLibraries()
    try node.copy(try await GatePackage.built(), to: GatePackage.path)
    let outcome = try await node.run("sh", "-c", "apt-get -y --no-install-recommends install \(GatePackage.path) 2>&1")
    try #require(outcome.status == 0, "the package does not install: \(outcome.output)")
    // The postinst says so where it could not do all of its work.
    try #require(!outcome.output.contains("apt-gate: "), "\(outcome.output)")
  }

  /// When networkd's process was started, on the monotonic clock.
  func networkdStart() async throws -> String {
    try await node.shell("systemctl show -P ExecMainStartTimestampMonotonic systemd-networkd.service")
  }

  func version(of package: String) async throws -> String {
    try await node.shell("dpkg-query -W -f '${Version}' \(package)")
  }

  /// What is left of transactions: records, shields.
  func leftovers() async throws -> String {
    try await node.shell(
      "ls /run/apt-gate/transactions 2>/dev/null || true; find /run/systemd/system -name '*apt-gate*' 2>/dev/null || true"
    )
  }
}
