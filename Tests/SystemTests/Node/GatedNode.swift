import Foundation
import Testing

/// A booted node that apt-gate stands in the way of apt on, as the package would set it up; or, to compare with, a node
/// without it.
struct GatedNode {
  let node: BootedNode

  private static let project = LabFolder.tests.appending(path: "../..").standardizedFileURL

  /// What a CNI plugin leaves on a node.
  private static let foreign = """
    ip route add 198.19.0.0/16 via 198.18.0.1 dev eth0 proto 80
    ip route add 198.19.0.0/16 via 198.18.0.1 dev eth0 table 200 proto 80
    ip rule add to 198.19.0.0/16 table 200 pref 111
    """

  static let state = "ip -4 route show table all proto 80 | sort; ip rule show"

  static func boot(isGated: Bool = true) async throws -> GatedNode {
    let node = try await BootedNode.boot()
    if isGated { try await install(on: node) }
    try await node.shell(foreign)
    return GatedNode(node: node)
  }

  private static func install(on node: BootedNode) async throws {
    try await node.install(program: LabFolder.program, to: "/usr/bin/apt-gate")
    for name in try FileManager.default.contentsOfDirectory(atPath: project.appending(path: "policies").path) {
      let file = project.appending(path: "policies/\(name)/policy.yaml")
      guard FileManager.default.fileExists(atPath: file.path) else { continue }
      try node.write("/usr/share/apt-gate/policies/\(name)/policy.yaml", try String(contentsOf: file, encoding: .utf8))
    }
    try node.copy(
      project.appending(path: "dist/apt.conf.d/99zz-apt-gate"), to: "/etc/apt/apt.conf.d/99zz-apt-gate")
    try await node.shell("mkdir -p -m 700 /var/lib/apt-gate; chown -R root:root /usr/share/apt-gate")
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
