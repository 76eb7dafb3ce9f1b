import Foundation

/// A package that is installed in a tree.
struct InstalledPackage: Hashable, Sendable {
  var name: String
  var version: String
  var architecture: String

  /// What apt calls its .deb in an archive cache.
  var debName: String {
    "\(name)_\(version.replacing(":", with: "%3a"))_\(architecture).deb"
  }

  /// The packages of `tree` that are installed, by name.
  static func all(in tree: URL) async throws -> [String: InstalledPackage] {
    let list = try await LabCommand(
      "dpkg-query", "--admindir=\(tree.path)/var/lib/dpkg", "-W",
      "-f", "${db:Status-Status} ${Package} ${Version} ${Architecture}\\n"
    ).output()
    let packages = list.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      .filter { $0.count == 4 && $0[0] == "installed" }
      .map { InstalledPackage(name: $0[1], version: $0[2], architecture: $0[3]) }
    return Dictionary(packages.map { ($0.name, $0) }) { first, _ in first }
  }
}
