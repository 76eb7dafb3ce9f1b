internal import FoundationEssentials
import Glibc
public import NetworkState

/// What systemd-networkd reads at its start, and what it says of itself, from the file system.
///
/// A file that is not there or cannot be read counts as absent, as it does for networkd; one that may not be read is
/// an error, because a prediction without it would be wrong.
public struct NetworkdFiles: Sendable {
  private static let fileLimit = 1 << 20

  /// The folder that stands for `/`; empty for `/` itself.
  public let root: String

  /// For the system under `root`, such as the folder of a container; empty for this one.
  public init(root: String = "") { self.root = root }

  /// Every file that may be of `networkd.conf`, its drop-ins, and `.network` files with theirs. Throws `notPermitted`.
  public func configuration() throws(NetworkSystemError) -> [ConfigurationFile] {
    var files: [ConfigurationFile] = []
    for folder in ConfigurationFolders.all {
      if let main = try file("\(folder)/networkd.conf") { files.append(main) }
      files += try self.files(in: "\(folder)/networkd.conf.d", suffix: ".conf")
      files += try self.files(in: "\(folder)/network", suffix: ".network")
      for name in names(in: "\(folder)/network") where name.hasSuffix(".network.d") {
        files += try self.files(in: "\(folder)/network/\(name)", suffix: ".conf")
      }
    }
    return files
  }

  /// Whether udev runs, so that networkd waits for a link's entry in udev's database before it looks at the link.
  private var hasUdev: Bool { FileManager.default.fileExists(atPath: "\(root)/run/udev/control") }

  /// The properties of a link in udev's database and in the kernel's `uevent`. Nil if udev runs and has not come to
  /// know the link: networkd then leaves it alone. Throws `notPermitted`.
  func properties(of link: Link) throws(NetworkSystemError) -> [String: String]? {
    let entry = try file("/run/udev/data/n\(link.index)")
    if entry == nil, hasUdev { return nil }
    let uevent = try file("/sys/class/net/\(link.name)/uevent").map { LinkIdentity.kernelProperties($0.text) } ?? [:]
    // The files of /sys may be those of another network namespace.
    let kernels = uevent["IFINDEX"] == String(link.index) ? uevent : [:]
    return (entry.map { LinkIdentity.udevProperties($0.text) } ?? [:]).merging(kernels) { udev, _ in udev }
  }

  /// Those of `paths` whose file was written or put there after a time in seconds since 1970.
  func newer(than time: Double, among paths: [String]) -> [String] {
    paths.filter { path in
      var status = stat()
      guard stat(root + path, &status) == 0 else { return false }
      return Double(status.st_ctim.tv_sec) + Double(status.st_ctim.tv_nsec) * 1e-9 > time
    }
  }

  /// The links that networkd manages now, by what it says in `/run/systemd/netif/links`, with the path of the file that
  /// it manages each by. Throws `notPermitted`.
  public func managedLinks() throws(NetworkSystemError) -> [UInt32: String] {
    let folder = "/run/systemd/netif/links"
    var managed: [UInt32: String] = [:]
    for index in names(in: folder).compactMap({ UInt32($0) }) {
      let text = try file("\(folder)/\(index)")?.text ?? ""
      let said = LinkIdentity.kernelProperties(text)
      if let state = said["ADMIN_STATE"], !["unmanaged", "linger", "pending"].contains(state) {
        managed[index] = said["NETWORK_FILE"] ?? ""
      }
    }
    return managed
  }

  /// The IPv4 addresses that networkd has leased, by link, as it says in `/run/systemd/netif/leases`. Throws
  /// `notPermitted`.
  func leases() throws(NetworkSystemError) -> [UInt32: IPAddress] {
    let folder = "/run/systemd/netif/leases"
    var leases: [UInt32: IPAddress] = [:]
    for index in names(in: folder).compactMap({ UInt32($0) }) {
      let said = try file("\(folder)/\(index)").map { LinkIdentity.kernelProperties($0.text) } ?? [:]
      leases[index] = said["ADDRESS"].flatMap { IPAddress($0) }
    }
    return leases
  }

  private func files(in folder: String, suffix: String) throws(NetworkSystemError) -> [ConfigurationFile] {
    var files: [ConfigurationFile] = []
    for name in names(in: folder) where name.hasSuffix(suffix) {
      if let file = try file("\(folder)/\(name)") { files.append(file) }
    }
    return files
  }

  private func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: root + folder)) ?? []).sorted()
  }

  /// A file's text; a link to `/dev/null` masks and counts as empty.
  private func file(_ path: String) throws(NetworkSystemError) -> ConfigurationFile? {
    if (try? FileManager.default.destinationOfSymbolicLink(atPath: root + path)) == "/dev/null" {
      return ConfigurationFile(path: path, text: "", isNull: true)
    }
    do {
      let bytes = try StoredFile.read(root + path, limit: Self.fileLimit)
      return ConfigurationFile(path: path, text: String(decoding: bytes, as: UTF8.self))
    } catch {
      if error.code == .notPermitted { throw error }
      return nil
    }
  }
}
