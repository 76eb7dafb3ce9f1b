import FleetSupport
import Foundation

/// Hosts on one bridge, each in a network namespace of its own, inside the one that this process was started in.
struct StormNetwork: Sendable {
  let hosts: [String]

  static func address(_ host: String, of hosts: [String]) -> String {
    "198.18.7.\(11 + (hosts.firstIndex(of: host) ?? 0))"
  }

  init(hosts: [String]) throws {
    self.hosts = hosts
    // Names of namespaces are files in /run/netns, which is everybody's otherwise.
    try Self.run("mount", "-t", "tmpfs", "tmpfs", "/run")
    try Self.run("ip", "link", "add", "br0", "type", "bridge")
    try Self.run("ip", "addr", "add", "198.18.7.1/24", "dev", "br0")
    try Self.run("ip", "link", "set", "br0", "up")
    for host in hosts {
      try Self.run("ip", "netns", "add", host)
      try Self.run("ip", "link", "add", host, "type", "veth", "peer", "name", "eth0", "netns", host)
      try Self.run("ip", "link", "set", host, "master", "br0", "up")
      try Self.run("ip", "-n", host, "link", "set", "lo", "up")
      try Self.run("ip", "-n", host, "addr", "add", Self.address(host, of: hosts) + "/24", "dev", "eth0")
      try Self.run("ip", "-n", host, "link", "set", "eth0", "up")
    }
  }

  /// Nothing reaches `host`, and nothing comes from it.
  func cut(_ host: String) throws { try Self.run("ip", "link", "set", host, "down") }
  func mend(_ host: String) throws { try Self.run("ip", "link", "set", host, "up") }

  /// `host` and the other hosts do not reach each other; this namespace reaches all of them.
  func separate(_ host: String) throws {
    for other in hosts where other != host {
      try Self.run("ip", "-n", host, "route", "add", "blackhole", Self.address(other, of: hosts) + "/32")
    }
  }

  func join(_ host: String) throws {
    for other in hosts where other != host {
      try Self.run("ip", "-n", host, "route", "del", "blackhole", Self.address(other, of: hosts) + "/32")
    }
  }

  private static func run(_ words: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw StormFailure("`\(words.joined(separator: " "))` ended with \(process.terminationStatus)")
    }
  }
}
