internal import Crypto

/// What data.tar holds: the list of files, digests of conffiles, and texts that a script may source or run.
struct DataArchive {
  private(set) var files: [PackagedFile] = []
  /// MD5 in hexadecimal by path, of conffiles only: dpkg compares conffiles by MD5.
  private(set) var digests: [String: String] = [:]
  private(set) var texts: [String: [UInt8]] = [:]
  private(set) var notes: [String] = []
  /// The text of the best Debian changelog.
  private(set) var changelog: [UInt8]?
  private var changelogRank = 0

  private let conffiles: Set<String>
  private var seen: Set<String> = []
  private var links: Set<String> = []
  private var textBytes = 0
  /// The parent directory that was last found to lie below no link.
  private var checkedParent = ""

  /// - Throws: ``ArchiveError`` also for an entry below a symbolic link of the same archive: what it would write is not
  ///   what its path says.
  init(_ tar: TarReader, conffiles: Set<String>) throws {
    self.conffiles = conffiles
    while let entry = try tar.next() {
      try checkAncestors(of: entry.path)
      switch entry.kind {
      case .file: try addFile(entry, tar)
      case .hardLink: addHardLink(entry)
      case .symbolicLink: addLink(entry)
      case .directory, .other: break
      }
    }
    // A link may come after what lies below it.
    if !links.isEmpty { try files.forEach { try Self.refuse($0.path, below: links) } }
  }

  /// What was read before.
  init(
    files: [PackagedFile], digests: [String: String], texts: [String: [UInt8]], notes: [String], changelog: [UInt8]?
  ) {
    conffiles = []
    (self.files, self.digests, self.texts, self.notes, self.changelog) = (files, digests, texts, notes, changelog)
  }

  /// What there was no time to read, as far as control.tar tells it.
  init(listed paths: [String]) {
    conffiles = []
    for path in paths { add(PackagedFile(path: path)) }
    notes = ["there was no time to read data.tar: its files are those that control.tar lists, without links"]
  }

  private mutating func add(_ file: PackagedFile) {
    if seen.insert(file.path).inserted { files.append(file) }
  }

  private mutating func addFile(_ entry: TarEntry, _ tar: TarReader) throws {
    add(PackagedFile(path: entry.path))
    let isConffile = conffiles.contains(entry.path)
    let mayBeText = TextSelection.mayWant(path: entry.path, size: entry.size, mode: entry.mode)
    guard mayBeText else {
      try addChangelog(entry, tar)
      if isConffile { digests[entry.path] = try digest(of: entry, tar) }
      return
    }
    guard let data = try tar.data(of: entry, limit: ArchiveLimits.textSize) else { return }
    if isConffile { digests[entry.path] = Hexadecimal.text(of: Insecure.MD5.hash(data: data)) }
    keepText(data, at: entry.path)
  }

  private mutating func addChangelog(_ entry: TarEntry, _ tar: TarReader) throws {
    guard let rank = ChangelogFile.rank(of: entry.path), rank > changelogRank, entry.size <= ChangelogFile.largestFile,
      let data = try tar.data(of: entry, limit: ChangelogFile.largestFile)
    else { return }
    (changelog, changelogRank) = (ChangelogFile.text(of: data), rank)
  }

  private mutating func keepText(_ data: [UInt8], at path: String) {
    guard TextSelection.wants(path: path, data: data) else { return }
    guard textBytes + data.count <= ArchiveLimits.textBytes else {
      if notes.isEmpty { notes.append("texts beyond \(ArchiveLimits.textBytes >> 20) MiB were not kept") }
      return
    }
    textBytes += data.count
    texts[path] = data
  }

  private func digest(of entry: TarEntry, _ tar: TarReader) throws -> String {
    var hash = Insecure.MD5()
    try tar.forwardData(of: entry) { hash.update(data: Array($0)) }
    return Hexadecimal.text(of: hash.finalize())
  }

  private mutating func addHardLink(_ entry: TarEntry) {
    add(PackagedFile(path: entry.path))
    guard let target = entry.linkTarget else { return }
    if conffiles.contains(entry.path) { digests[entry.path] = digests[target] }
    if let text = texts[target] { keepText(text, at: entry.path) }
  }

  private mutating func addLink(_ entry: TarEntry) {
    add(PackagedFile(path: entry.path, linkTarget: entry.linkTarget))
    links.insert(entry.path)
    checkedParent = ""
  }

  private mutating func checkAncestors(of path: String) throws {
    guard !links.isEmpty, let parent = ArchivePath.parent(of: path), parent != checkedParent else { return }
    try Self.refuse(path, below: links)
    checkedParent = parent
  }

  private static func refuse(_ path: String, below links: Set<String>) throws {
    var directory = ArchivePath.parent(of: path)
    while let current = directory {
      if links.contains(current) {
        throw ArchiveError(
          code: .unsafePath, message: "the path `\(path)` leads through the link `\(current)` of the same package",
          member: "data.tar", offset: 0)
      }
      directory = ArchivePath.parent(of: current)
    }
  }
}
