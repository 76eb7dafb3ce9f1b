import Foundation

/// A root tree that the lab builds: a Debian release with packages installed, nothing of it running.
struct LabTree: Hashable, Sendable {
  var name: String
  /// Debian's name of the release, such as `bookworm`.
  var suite: String
  /// Names, or `NAME=VERSION`; the base tree if there is none.
  var packages: [String] = []

  /// The tree's folder in the cache. The name changes with all that the tree is made from, save the archive's contents.
  func folder() throws -> URL {
    let makers = try ["archive-sources", "base-tree", "install-tree"].map {
      try String(contentsOf: LabFolder.scripts.appending(path: $0), encoding: .utf8)
    }
    let digest = StableDigest(of: [suite] + packages + makers)
    return LabFolder.cache.appending(path: "\(name)-\(digest)")
  }

  var base: LabTree { LabTree(name: suite, suite: suite) }
}

/// Builds trees, each once, and keeps them in the cache folder for the next run.
actor LabTrees {
  static let shared = LabTrees()

  private var builds: [LabTree: Task<URL, any Error>] = [:]

  /// The folder of `tree`, which is built if it is not there.
  func folder(of tree: LabTree) async throws -> URL {
    if let build = builds[tree] { return try await build.value }
    let build = Task { try await self.build(tree) }
    builds[tree] = build
    return try await build.value
  }

  private func build(_ tree: LabTree) async throws -> URL {
    let folder = try tree.folder()
    if FileManager.default.fileExists(atPath: folder.path) { return folder }
    try FileManager.default.createDirectory(at: LabFolder.cache, withIntermediateDirectories: true)
    let start = ContinuousClock.now
    if tree.packages.isEmpty {
      _ = try await LabCommand(LabFolder.script("base-tree"), tree.suite, folder.path).output()
    } else {
      let base = try await self.folder(of: tree.base)
      let words = [LabFolder.script("install-tree"), base.path, folder.path] + tree.packages
      _ = try await LabCommand(words: words).output()
    }
    print("lab: built \(folder.lastPathComponent) in \((ContinuousClock.now - start).inSeconds) s")
    return folder
  }
}

extension Duration {
  /// For a person: seconds with two decimals.
  var inSeconds: String {
    let seconds = Double(components.seconds) + Double(components.attoseconds) * 1e-18
    return String(format: "%.2f", seconds)
  }
}
