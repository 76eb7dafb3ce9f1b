import Foundation

/// A Debian 12 node that runs: its own systemd is process 1, systemd-networkd manages `eth0`, apt and dpkg are real, and an
/// update of systemd is pending, downloaded and not applied.
///
/// It lives in namespaces and ends with this object, or with this process, however that ends.
final class BootedNode: @unchecked Sendable {
  /// Who looks for the node's own processes and files from outside: its root is `/proc/INIT/root`.
  private(set) var initProcess: Int32 = 0
  private(set) var peerProcess: Int32 = 0
  private let tree: URL
  private let folder: URL
  private let port: LabSwitch.Port?
  private var keeper = Process()
  private var leash = Pipe()

  private static func network(_ address: String) -> String {
    """
    [Match]
    Name=eth0
    [Network]
    Address=\(address)/24
    LinkLocalAddressing=no
    IPv6AcceptRA=no

    """
  }

  /// Builds the tree, or takes it from the cache, writes `files` into the node, and boots it. `eth0` has 198.18.0.2/24 and
  /// a network of its own, unless it is at a port of a switch. `packages` are in the node besides those that every one has.
  static func boot(
    files: [String: String] = [:], packages: [String] = [], at port: LabSwitch.Port? = nil
  ) async throws -> BootedNode {
    let node = BootedNode(tree: try await BookwormNode.bootableTree(with: packages), port: port)
    try node.write("/etc/systemd/network/10-eth0.network", network(port?.address ?? "198.18.0.2"))
    for (path, text) in files { try node.write(path, text) }
    try await node.start()
    return node
  }

  private init(tree: URL, port: LabSwitch.Port?) {
    self.tree = tree
    self.port = port
    folder = LabFolder.cache.appending(path: "booted-\(UUID().uuidString)")
  }

  deinit {
    try? leash.fileHandleForWriting.close()
    keeper.end()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Runs a command in the node to its end.
  func run(_ words: String..., limit: Int = 120) async throws -> LabOutcome {
    try await run(words: words, limit: limit)
  }

  func run(words: [String], limit: Int = 120) async throws -> LabOutcome {
    try await LabCommand(words: ["timeout", "--signal=KILL", "\(limit)"] + entry + words).outcome()
  }

  /// Runs a shell script in the node; throws unless it succeeds. Returns what it printed.
  @discardableResult
  func shell(_ script: String, limit: Int = 120) async throws -> String {
    let outcome = try await run("sh", "-ec", script, limit: limit)
    guard outcome.status == 0 else { throw LabError.failed(outcome) }
    return outcome.output
  }

  /// The words before a command that is to run in the node.
  private var entry: [String] {
    ["nsenter", "-t", "\(initProcess)", "-m", "-p", "-n", "-u", "-i", "-C", "-r", "-w", "env", "-i"]
      + ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C.UTF-8"]
      + ["DEBIAN_FRONTEND=noninteractive"]
  }

  /// Runs a command where the other end of `eth0` is.
  func runAtPeer(_ words: String...) async throws -> LabOutcome {
    try await LabCommand(words: ["nsenter", "-t", "\(peerProcess)", "-n"] + words).outcome()
  }

  /// Writes a file in the node, running or not.
  func write(_ path: String, _ text: String) throws { try place(path) { try Data(text.utf8).write(to: $0) } }

  /// Copies a file of this machine into the node, with its permissions.
  func copy(_ file: URL, to path: String) throws {
    try place(path) { target in
      try? FileManager.default.removeItem(at: target)
      try FileManager.default.copyItem(at: file, to: target)
    }
  }

  /// Puts the program under test into the node, without its package.
  func install(program: URL, to path: String) async throws {
    try copy(program, to: path)
    try await copySwiftLibraries()
  }

  /// Copies the libraries of Swift's that the program under test needs, if it is not built for use.
  func copySwiftLibraries() async throws {
    for (library, path) in try await LabFolder.swiftLibraries() { try copy(library, to: path) }
  }

  func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
  }

  private var root: URL {
    initProcess > 0 ? URL(filePath: "/proc/\(initProcess)/root") : folder.appending(path: "upper")
  }

  private func place(_ path: String, _ body: (URL) throws -> Void) throws {
    let target = root.appending(path: path)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try body(target)
  }

  /// Shuts the node down as a person would and boots it again; what it wrote is kept.
  func reboot() async throws {
    try await shutDown()
    try await start()
  }

  /// Asks systemd to power off; after half a minute the node is ended all the same.
  func shutDown() async throws {
    _ = try? await run("systemctl", "poweroff", limit: 10)
    for _ in 0..<150 where keeper.lives { try await Task.sleep(for: .milliseconds(200)) }
    try? leash.fileHandleForWriting.close()
    keeper.end()
    initProcess = 0
  }

  private func start() async throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let log = folder.appending(path: "console.log")
    if !FileManager.default.fileExists(atPath: log.path) { try Data().write(to: log) }
    keeper = Process()
    leash = Pipe()
    keeper.executableURL = URL(filePath: LabFolder.script("boot-node"))
    keeper.arguments = [tree.path, folder.path]
    keeper.environment = ProcessInfo.processInfo.environment.merging(port?.environment ?? [:]) { $1 }
    keeper.standardInput = leash
    let output = try FileHandle(forWritingTo: log)
    try output.seekToEnd()
    keeper.standardOutput = output
    keeper.standardError = output
    try keeper.start()
    try await wait("process 1") { self.number("init") != nil }
    initProcess = number("init") ?? 0
    peerProcess = number("peer") ?? 0
    try await waitUntilConfigured()
  }

  private func number(_ name: String) -> Int32? {
    (try? String(contentsOf: folder.appending(path: name), encoding: .utf8))
      .flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
  }

  /// Until networkd says that `eth0` is configured.
  func waitUntilConfigured() async throws {
    let script = "networkctl --no-legend list eth0 | grep -q configured && systemctl is-active -q systemd-networkd"
    for _ in 0..<450 {
      if try await run("sh", "-c", script, limit: 10).status == 0 { return }
      try await Task.sleep(for: .milliseconds(200))
    }
    throw LabError.missing("networkd did not configure eth0: \(console)")
  }

  private func wait(_ what: String, until isSo: () -> Bool) async throws {
    for _ in 0..<900 {
      if isSo() { return }
      guard keeper.lives else { break }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw LabError.missing("waited in vain for \(what): \(console)")
  }

  /// The end of what was printed on the console.
  private var console: String {
    String((try? String(contentsOf: folder.appending(path: "console.log"), encoding: .utf8))?.suffix(1500) ?? "")
  }
}
