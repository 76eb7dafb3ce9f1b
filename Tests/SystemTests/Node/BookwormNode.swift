import Foundation

/// A Debian 12 node with an update of systemd and one of the kernel pending.
struct BookwormNode: Sendable {
  var tree: URL
  /// The systemd that is installed, and the one that is pending.
  var systemd: (from: String, to: String)
  /// The kernel's package that the update installs, such as `linux-image-6.1.0-56-cloud-amd64`.
  var newKernel: String

  private static let meta = "linux-image-cloud-amd64"
  /// The binaries of source systemd that the node has.
  private static let systemdBinaries = [
    "systemd", "systemd-sysv", "libsystemd0", "libudev1", "udev", "libpam-systemd", "libsystemd-shared",
    "libnss-systemd",
  ]

  /// Builds the tree, or takes it from the cache; the new .debs are in its archive cache.
  static func load() async throws -> BookwormNode {
    let base = try await LabTrees.shared.folder(of: LabTree(name: "bookworm", suite: "bookworm"))
    let systemd = try await ArchiveVersions.of("systemd", in: base)
    let kernels = try await ArchiveVersions.of(meta, in: base)
    let old = try systemd.older(of: "systemd")
    let packages =
      systemdBinaries.map { "\($0)=\(old)" } + [
        "\(meta)=\(try kernels.older(of: meta))", "dbus", "unattended-upgrades",
      ]
    let tree = try await LabTrees.shared.folder(of: LabTree(name: "node", suite: "bookworm", packages: packages))
    let newKernel = try await dependency(of: "\(meta)=\(kernels.versions[0])", in: tree)
    _ = try await LabCommand(
      words: [LabFolder.script("fetch-debs"), tree.path] + systemdBinaries + [meta, newKernel]
    ).output()
    return BookwormNode(tree: tree, systemd: (old, systemd.versions[0]), newKernel: newKernel)
  }

  /// A tree that can be booted: the older systemd, the libraries that apt-gate needs, and what the tests look with. The
  /// new systemd's .debs are in its archive cache. `more` are further packages, from which its name is made.
  static func bootableTree(with more: [String] = []) async throws -> URL {
    let base = try await LabTrees.shared.folder(of: LabTree(name: "bookworm", suite: "bookworm"))
    let old = try await ArchiveVersions.of("systemd", in: base).older(of: "systemd")
    let packages =
      systemdBinaries.map { "\($0)=\(old)" } + [
        "dbus", "unattended-upgrades", "iproute2", "iputils-ping", "procps", "python3", "libre2-9", "libsqlite3-0",
      ] + more
    let name = (["bootable"] + more).joined(separator: "-")
    let tree = try await LabTrees.shared.folder(of: LabTree(name: name, suite: "bookworm", packages: packages))
    _ = try await LabCommand(words: [LabFolder.script("fetch-debs"), tree.path] + systemdBinaries).output()
    return tree
  }

  /// The kernel that a version of the meta package depends on.
  private static func dependency(of meta: String, in tree: URL) async throws -> String {
    let record = try await LabCommand(LabFolder.script("enter"), tree.path, "apt-cache", "show", meta).output()
    let depends = record.split(separator: "\n").first { $0.hasPrefix("Depends: ") } ?? ""
    guard let name = depends.split(separator: " ").dropFirst().first else {
      throw LabError.missing("`\(meta)` depends on no kernel")
    }
    return String(name)
  }
}
