import Foundation

/// A package of the corpus: where its .deb is, and the tree that stands for the node.
struct CorpusPackage: Hashable, Sendable {
  var package: InstalledPackage
  var tree: URL

  var deb: URL { Self.archiveCache(of: tree).appending(path: package.debName) }

  static func archiveCache(of tree: URL) -> URL { tree.appending(path: "var/cache/apt/archives") }

  /// The packages among `names` whose .debs are in the archive cache of `tree`.
  static func debs(in tree: URL, named names: [String]) -> [CorpusPackage] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: archiveCache(of: tree).path)) ?? []
    return files.sorted().compactMap { file in
      let parts = file.replacing(".deb", with: "").split(separator: "_").map(String.init)
      guard parts.count == 3, file.hasSuffix(".deb"), names.contains(parts[0]) else { return nil }
      let package = InstalledPackage(
        name: parts[0], version: parts[1].replacing("%3a", with: ":"), architecture: parts[2])
      return CorpusPackage(package: package, tree: tree)
    }
  }
}
