import Foundation

/// The real packages that the analyser is measured on: `Fixtures/corpus.list`.
struct Corpus: Sendable {
  /// Each recorded package with the tree it is installed in.
  var recorded: [CorpusPackage] = []
  /// Packages that are only analysed.
  var downloaded: [CorpusPackage] = []

  static let suite = "bookworm"
  /// The release before: its versions are the old versions that upgrades come from.
  static let previousSuite = "bullseye"

  var all: [CorpusPackage] { recorded + downloaded }

  private static let shared = Task { try await build() }

  /// Builds the trees and fetches what is missing, once in a run of the tests.
  static func load() async throws -> Corpus { try await shared.value }

  private static func build() async throws -> Corpus {
    let entries = try LabFolder.lines(ofFixture: "corpus.list").map { $0.split(separator: " ").map(String.init) }
    var corpus = Corpus()
    for group in ["first", "second"] {
      let names = entries.filter { $0[0] == group }.map { $0[1] }
      corpus.recorded += try await installed(names, group: group)
    }
    corpus.downloaded = try await fetched(entries.filter { $0[0] == "download" }.map { $0[1] })
    return corpus
  }

  private static func installed(_ names: [String], group: String) async throws -> [CorpusPackage] {
    let plain = names.filter { !$0.contains("*") }
    let wanted = plain.contains("systemd-sysv") ? plain : plain + ["systemd-sysv"]  // for a systemctl to stand in for
    let tree = try await LabTrees.shared.folder(of: LabTree(name: group, suite: suite, packages: wanted))
    let installed = try await InstalledPackage.all(in: tree)
    let matching = names.flatMap { pattern in
      pattern.contains("*") ? installed.keys.filter { $0.matches(glob: pattern) }.sorted() : [pattern]
    }
    let packages = matching.compactMap { installed[$0] }
    try await fetch(packages.map { "\($0.name)=\($0.version)" }, names: packages.map(\.debName), into: tree)
    return packages.map { CorpusPackage(package: $0, tree: tree) }
  }

  private static func fetched(_ names: [String]) async throws -> [CorpusPackage] {
    let base = try await LabTrees.shared.folder(of: LabTree(name: suite, suite: suite))
    let before = CorpusPackage.debs(in: base, named: names)
    try await fetch(names.filter { name in !before.contains { $0.package.name == name } }, names: [], into: base)
    return CorpusPackage.debs(in: base, named: names)
  }

  /// Downloads `packages` into the archive cache of `tree`, save those whose .deb, of the same place in `names`, is there.
  private static func fetch(_ packages: [String], names: [String], into tree: URL) async throws {
    let cache = CorpusPackage.archiveCache(of: tree)
    let missing = packages.indices.filter { index in
      !names.indices.contains(index)
        || !FileManager.default.fileExists(atPath: cache.appending(path: names[index]).path)
    }
    guard !missing.isEmpty else { return }
    let words = [LabFolder.script("fetch-debs"), tree.path] + missing.map { packages[$0] }
    _ = try await LabCommand(words: words).output()
  }
}

extension String {
  /// Whether this is what `pattern` stands for: `*` is any text, everything else itself, save `[0-9]`, one digit.
  func matches(glob pattern: String) -> Bool {
    let expression = NSRegularExpression.escapedPattern(for: pattern)
      .replacing("\\*", with: ".*").replacing("\\[0-9\\]", with: "[0-9]")
    return range(of: "^\(expression)$", options: .regularExpression) != nil
  }
}
