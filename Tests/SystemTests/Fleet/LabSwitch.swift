import Foundation

/// A bridge in a network namespace of its own that booted nodes are plugged into: `br0`, 198.18.0.1/24.
///
/// It ends with this object, or with this process, however that ends.
final class LabSwitch: @unchecked Sendable {
  /// Where a node is plugged in.
  struct Port: Sendable {
    var owner: LabSwitch
    /// The node's host name.
    var name: String
    /// Of the node's `eth0`.
    var address: String

    var environment: [String: String] { ["LAB_SWITCH": "\(owner.process)", "LAB_NAME": name] }
  }

  static let address = "198.18.0.1"
  private let keeper = Process()
  private let leash = Pipe()

  /// Whose network namespace it is.
  var process: Int32 { keeper.processIdentifier }

  private static let script = """
    ip link set lo up
    ip link add br0 type bridge
    ip addr add \(address)/24 dev br0
    ip addr add 198.19.0.1/32 dev br0
    ip link set br0 up
    echo ready
    read -r _ || true
    """

  /// Throws ``LabError`` if the bridge cannot be made.
  init() throws {
    let said = Pipe()
    keeper.executableURL = URL(filePath: "/usr/bin/env")
    keeper.arguments = ["unshare", "--net", "bash", "-ec", Self.script]
    keeper.standardInput = leash
    keeper.standardOutput = said
    try keeper.start()
    // Ends also if the script does.
    guard let word = try said.fileHandleForReading.read(upToCount: 6),
      String(decoding: word, as: UTF8.self) == "ready\n"
    else { throw LabError.missing("no bridge can be made in a network namespace") }
  }

  deinit {
    try? leash.fileHandleForWriting.close()
    keeper.end()
  }

  /// The words before a command that is to run beside the bridge.
  var entry: [String] { ["nsenter", "-t", "\(process)", "-n"] }
}
