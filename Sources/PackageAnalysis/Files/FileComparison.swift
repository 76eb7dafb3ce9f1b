internal import GateModel

/// How the files of a package change on the node.
struct FileComparison {
  enum State: String, CaseIterable {
    case added = "new"
    case removed
    case changed
    /// The content was not at hand on one side.
    case perhapsChanged = "perhaps changed"
  }

  /// A file of either version, its path with the links of merged `/usr` resolved.
  struct Entry {
    var path: String
    var old: PackagedFile?
    var new: PackagedFile?
  }

  /// What rests on which side: the candidate's files if it is at hand, else the installed version's.
  let basis: EvidenceBasis
  /// The files of the new version in package order, then those that only the old one has.
  let entries: [Entry]
  private let old: PackageContents?
  private let candidate: PackageContents?
  private let isRemoval: Bool
  private let isInstall: Bool
  private let node: any NodeFiles
  private let oldDigests: [String: String?]
  private let newDigests: [String: String?]

  /// - Parameters:
  ///   - old: the installed version; nil if none is, or it is not at hand.
  ///   - candidate: the new version; nil if its .deb is not at hand, or for a removal.
  init(old: PackageContents?, candidate: PackageContents?, action: ChangeAction, node: any NodeFiles) {
    self.old = old
    self.candidate = candidate
    self.node = node
    isRemoval = action == .remove
    isInstall = action == .install
    basis = candidate == nil ? .installed : .candidate
    oldDigests = Self.digests(old)
    newDigests = Self.digests(candidate)
    entries = Self.entries(old, candidate)
  }

  /// How the file changes; nil if it stays as it is.
  func state(of entry: Entry) -> State? {
    // dpkg leaves conffiles where they are when a package is removed or no longer ships them.
    if isRemoval { return oldDigests[entry.path] == nil ? .removed : nil }
    guard candidate != nil else { return entry.old == nil ? nil : .perhapsChanged }
    guard let new = entry.new else { return oldDigests[entry.path] == nil ? .removed : nil }
    if let old = entry.old { return compare(old, new, at: entry.path) }
    // Without the old version's list a file may be new or not: the node may tell.
    return isInstall || old != nil ? .added : compareText(of: new, at: new.path)
  }

  private func compare(_ old: PackagedFile, _ new: PackagedFile, at path: String) -> State? {
    if old.linkTarget != nil || new.linkTarget != nil { return old.linkTarget == new.linkTarget ? nil : .changed }
    if let before = oldDigests[path] ?? nil, let after = newDigests[path] ?? nil {
      return before == after ? nil : .changed
    }
    return compareText(of: new, at: old.path)
  }

  /// Compares the candidate's text with what the old version, or else the node, has at `path`.
  private func compareText(of new: PackagedFile, at path: String) -> State? {
    guard let after = candidate?.texts[new.path],
      let before = old?.texts[path] ?? node.contents(of: path, limit: Int(ArchiveLimits.textSize))
    else { return .perhapsChanged }
    return before == after ? nil : .changed
  }

  private static func digests(_ contents: PackageContents?) -> [String: String?] {
    var result: [String: String?] = [:]
    for conffile in contents?.conffiles ?? [] {
      result.updateValue(conffile.packagedDigest, forKey: MergedUsr.resolved(conffile.path))
    }
    return result
  }

  private static func entries(_ old: PackageContents?, _ candidate: PackageContents?) -> [Entry] {
    var positions: [String: Int] = [:]
    var entries: [Entry] = []
    for file in candidate?.files ?? [] {
      let path = MergedUsr.resolved(file.path)
      guard positions.updateValue(entries.count, forKey: path) == nil else { continue }
      entries.append(Entry(path: path, old: nil, new: file))
    }
    for file in old?.files ?? [] {
      let path = MergedUsr.resolved(file.path)
      if let position = positions[path] {
        entries[position].old = file
      } else {
        positions[path] = entries.count
        entries.append(Entry(path: path, old: file, new: nil))
      }
    }
    return entries
  }
}
