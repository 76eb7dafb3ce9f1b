internal import FoundationEssentials
import Glibc

/// What systemd-networkd says of how far it is with its links: the files in `/run/systemd/netif/links`.
struct NetworkdLinkStates {
  private static let folder = "/run/systemd/netif/links"
  /// `link_state_table` in systemd's networkd-link.c: the states in which nothing more is to be done.
  private static let final: Set<Substring> = ["configured", "unmanaged", "failed", "linger"]

  /// Whether every link is in its final state, and each has been written since `time` on the real-time clock.
  func areFinal(since time: Int64?) -> Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: Self.folder)) ?? []
    return names.allSatisfy { isFinal("\(Self.folder)/\($0)", since: time) }
  }

  private func isFinal(_ path: String, since time: Int64?) -> Bool {
    var information = stat()
    guard stat(path, &information) == 0 else { return true }
    if let time, Int64(information.st_mtim.tv_sec) < time { return false }
    let lines = (ProcessFile.text(path) ?? "").split(separator: "\n")
    return lines.contains { $0.hasPrefix("ADMIN_STATE=") && Self.final.contains($0.dropFirst("ADMIN_STATE=".count)) }
  }
}
