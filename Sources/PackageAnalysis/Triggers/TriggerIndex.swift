internal import GateModel

/// Finds who is interested in a trigger, by name or by file, without comparing every file with every interest.
///
/// A file trigger is activated by a file at its path or anywhere below it. Paths are compared as they stand in the package, as
/// dpkg does, without following links. Source: dpkg's `triggers.txt`, "File triggers", and `deb-triggers(5)`.
struct TriggerIndex {
  private var explicit: [String: [TriggerInterest]] = [:]
  private var byPath: [String: [TriggerInterest]] = [:]

  init(_ interests: [TriggerInterest]) {
    for interest in interests {
      guard interest.trigger.hasPrefix("/") else {
        explicit[interest.trigger, default: []].append(interest)
        continue
      }
      guard let path = ArchivePath.normalised(interest.trigger.utf8) else { continue }
      byPath[path, default: []].append(interest)
    }
  }

  /// Who is interested in the trigger `name`; a name may also be the path of a file trigger (`dpkg-trigger /usr/share/man`).
  func interested(in name: String) -> [TriggerInterest] {
    guard name.hasPrefix("/") else { return explicit[name] ?? [] }
    var found: [TriggerInterest] = []
    forEachAncestor(of: name) { found += byPath[$0] ?? [] }
    return found
  }

  /// Every file trigger that a list of files activates, with the first file that does.
  ///
  /// Each directory is looked up once: the cost grows with the files, not with files times interests.
  func activated(by files: [PackagedFile]) -> [(interest: TriggerInterest, file: PackagedFile)] {
    guard !byPath.isEmpty else { return [] }
    var visited: Set<String> = []
    var found: [(interest: TriggerInterest, file: PackagedFile)] = []
    for file in files {
      var current: String? = file.path
      while let path = current, visited.insert(path).inserted {
        for interest in byPath[path] ?? [] { found.append((interest, file)) }
        current = ArchivePath.parent(of: path)
      }
    }
    return found
  }

  private func forEachAncestor(of path: String, _ body: (String) -> Void) {
    var current: String? = ArchivePath.normalised(path.utf8)
    while let path = current {
      body(path)
      current = ArchivePath.parent(of: path)
    }
  }
}
