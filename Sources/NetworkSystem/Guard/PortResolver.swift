internal import CNetlink
import Glibc
internal import NetworkState

/// Tells whose rtnetlink socket a port is: port to inode by `/proc/net/netlink`, inode to process by `/proc/PID/fd`.
///
/// Only networkd's processes and the service manager are looked through, never all of /proc: what is none of theirs is
/// another's. Source: `netlink_seq_show` in net/netlink/af_netlink.c for the columns.
final class PortResolver {
  private let table: Int32
  private let networkd: NetworkdProcesses
  /// The processes of networkd when they were last looked at.
  private(set) var processes: Set<Int32> = []

  init(namespace: String?, networkd: NetworkdProcesses) throws(NetworkSystemError) {
    table = cgd_open_netlink_table(namespace)
    self.networkd = networkd
    guard table >= 0 else { throw .system(Int(table), "cannot list the netlink sockets") }
  }

  deinit { close(table) }

  /// Whether other processes are networkd's now than when this was last asked.
  func processesChanged() -> Bool {
    let current = networkd.current()
    defer { processes = current }
    return current != processes
  }

  /// Every port of networkd's now.
  func networkdPorts() -> Set<UInt32> {
    let sockets = networkdSockets()
    return Set(ports().filter { sockets.contains($0.value) }.map(\.key))
  }

  func owner(of port: UInt32) -> PortOwner {
    guard let inode = ports()[port] else { return .other(nil) }
    if networkdSockets().contains(inode) { return .networkd }
    return .other(Self.name(of: port, inode))
  }

  private func networkdSockets() -> Set<UInt64> {
    let all = networkd.current().union(networkd.serviceManager.map { [$0] } ?? [])
    return all.reduce(into: []) { $0.formUnion(ProcessFile.sockets(of: $1)) }
  }

  /// The ports of rtnetlink sockets (protocol 0) with their inodes.
  private func ports() -> [UInt32: UInt64] {
    var ports: [UInt32: UInt64] = [:]
    for line in (ProcessFile.text(of: table) ?? "").split(separator: "\n").dropFirst() {
      let columns = line.split(separator: " ")
      guard columns.count >= 10, columns[1] == "0", let port = UInt32(columns[2]), port != 0 else { continue }
      ports[port] = UInt64(columns[9])
    }
    return ports
  }

  /// The kernel gives a process's first socket its process id as the port.
  private static func name(of port: UInt32, _ inode: UInt64) -> String? {
    guard let process = Int32(exactly: port), ProcessFile.sockets(of: process).contains(inode) else { return nil }
    return ProcessFile.text("/proc/\(process)/comm")?.split(separator: "\n").first.map(String.init)
  }
}
