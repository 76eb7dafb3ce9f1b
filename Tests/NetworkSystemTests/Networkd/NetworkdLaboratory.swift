import Foundation
import Glibc
import NetworkState
import NetworkSystem
import Testing

/// Real systemd-networkd in a namespace of its own, on the path that it takes on a node with udev.
///
/// Without `/run/udev/control`, a writable `/sys` and an entry in udev's database for each link it would configure links
/// before it knows any route, and drop nothing.
final class NetworkdLaboratory {
  static let binary = "/lib/systemd/systemd-networkd"

  /// Nil if there is none on this machine.
  static let version: NetworkdVersion? = {
    guard let printed = try? Command.run(binary, ["--version"]) else { return nil }
    return NetworkdVersion(String(decoding: printed.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
  }()

  static let isPossible = TestNamespace.isPossible && version != nil && getpwnam("systemd-network") != nil

  let namespace: TestNamespace
  /// A process that keeps the mount namespace.
  private let holder = Process()
  private var networkd: Process?
  private let log: URL

  var root: String { "/proc/\(holder.processIdentifier)/root" }
  var files: NetworkdFiles { NetworkdFiles(root: root) }

  init(_ namespace: TestNamespace) throws {
    self.namespace = namespace
    log = FileManager.default.temporaryDirectory.appendingPathComponent("networkd-\(namespace.name).log")
    _ = FileManager.default.createFile(atPath: log.path, contents: nil)
    let script = """
      mount --make-rprivate / && mount -o remount,rw /sys || mount -t sysfs sysfs /sys
      for folder in /run/systemd /run/udev /run/dbus /etc/systemd /usr/lib/systemd/network; do
        mkdir -p $folder; mount -t tmpfs tmpfs $folder
      done
      mkdir -p /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp /run/udev/data
      mkdir -p /etc/systemd/network /etc/systemd/networkd.conf.d /run/systemd/networkd.conf.d
      chown -R systemd-network:systemd-network /run/systemd/netif
      touch /run/udev/control /run/systemd/ready
      exec sleep 600
      """
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    holder.arguments = ["ip", "netns", "exec", namespace.name, "unshare", "-m", "sh", "-c", script]
    try holder.run()
    try wait("the laboratory's folders") { FileManager.default.fileExists(atPath: "\(self.root)/run/systemd/ready") }
  }

  deinit {
    networkd?.terminate()
    networkd?.waitUntilExit()
    holder.terminate()
    holder.waitUntilExit()
    try? FileManager.default.removeItem(at: log)
  }

  func write(_ path: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: root + path))
  }

  /// Writes an entry of udev's database for every link.
  func writeUdev(_ snapshot: NetworkSnapshot) throws {
    for link in snapshot.links { try write("/run/udev/data/n\(link.index)", "I:1\nE:ID_NET_DRIVER=veth\n") }
  }

  /// Starts networkd and waits until it says that the links are configured.
  func start(_ managed: [UInt32]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["nsenter", "-t", String(holder.processIdentifier), "-m", "-n", Self.binary]
    process.environment = ["SYSTEMD_LOG_TARGET": "console", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
    let output = try FileHandle(forWritingTo: log)
    try output.seekToEnd()
    process.standardError = output
    process.standardOutput = output
    try process.run()
    networkd = process
    for index in managed {
      try wait("link \(index) to be configured") {
        let text = try? String(contentsOfFile: "\(self.root)/run/systemd/netif/links/\(index)", encoding: .utf8)
        return text?.contains("ADMIN_STATE=configured") == true
      }
    }
    Thread.sleep(forTimeInterval: 0.3)
  }

  /// Stops networkd as `systemctl restart` does (`RestartKillSignal=SIGUSR2`), forgetting what it said of the links.
  func stopForRestart() throws {
    guard let networkd else { return }
    kill(networkd.processIdentifier, SIGUSR2)
    networkd.waitUntilExit()
    self.networkd = nil
    for name in try FileManager.default.contentsOfDirectory(atPath: "\(root)/run/systemd/netif/links") {
      try FileManager.default.removeItem(atPath: "\(root)/run/systemd/netif/links/\(name)")
    }
  }

  func read() throws -> NetworkSnapshot {
    try SnapshotReader(namespace: namespace.path).read(by: .after(.seconds(20))).snapshot
  }

  private func wait(_ what: String, until isSo: () -> Bool) throws {
    for _ in 0..<300 {
      if isSo() { return }
      Thread.sleep(forTimeInterval: 0.05)
    }
    let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
    throw CommandFailure(text: "waited in vain for \(what): \(text.suffix(2000))")
  }
}
