import Foundation

/// The versions of a package that a tree's package lists offer.
struct ArchiveVersions {
  /// The newest first, as `apt-cache madison` lists them.
  var versions: [String]

  static func of(_ package: String, in tree: URL) async throws -> ArchiveVersions {
    let list = try await LabCommand(
      LabFolder.script("enter"), tree.path, "apt-cache", "madison", package
    ).output()
    let versions = list.split(separator: "\n").compactMap { line -> String? in
      let cells = line.split(separator: "|")
      return cells.count == 3 ? cells[1].trimmingCharacters(in: .whitespaces) : nil
    }
    return ArchiveVersions(versions: versions.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
  }

  /// One that is older than the newest; throws if the archive has none.
  func older(of package: String) throws -> String {
    guard versions.count > 1, let older = versions.last else {
      throw LabError.missing("the archive offers only one version of `\(package)`: \(versions)")
    }
    return older
  }
}
