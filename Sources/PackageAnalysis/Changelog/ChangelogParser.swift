internal import GateModel

/// Reads the entries of a Debian changelog, the newest first.
///
/// Source: Debian Policy, section 4.4, and `deb-changelog(5)`. An entry begins with a line that starts in the first column,
/// `package (version) distributions; metadata`, and ends with one that starts with ` -- `. Anything else in the first
/// column belongs to no entry: an emacs variable, a comment, the old formats at the end of long changelogs. It never
/// fails; what it cannot read it passes over, and says so with ``isBroken``.
struct ChangelogParser {
  private var lines: ChangelogLines
  private var pending: ChangelogHeading?
  /// Whether a line in the first column was none of an entry's.
  private(set) var isBroken = false

  init(_ bytes: [UInt8]) { lines = ChangelogLines(bytes) }

  /// The next entry; nil at the end.
  mutating func next() -> ChangelogEntry? {
    guard let heading = pending ?? nextHeading() else { return nil }
    pending = nil
    var entry = ChangelogEntry(version: heading.version, urgency: heading.urgency)
    while let line = lines.next() {
      if line.isIndented {
        if line.isTrailer { break }
        entry.cves.formUnion(CVEName.names(in: line.bytes))
      } else if let heading = ChangelogHeading(line.bytes) {
        // An entry without its last line.
        pending = heading
        isBroken = true
        break
      } else if !line.isEmpty {
        isBroken = isBroken || !line.isComment
      }
    }
    return entry
  }

  private mutating func nextHeading() -> ChangelogHeading? {
    while let line = lines.next() {
      guard !line.isIndented, !line.isEmpty else { continue }
      if let heading = ChangelogHeading(line.bytes) { return heading }
      isBroken = isBroken || !line.isComment
    }
    return nil
  }
}

/// One version's entry in a changelog, as far as it matters here.
struct ChangelogEntry: Hashable {
  var version: PackageVersion
  /// In lower case; nil if the heading names none.
  var urgency: ChangelogUrgency?
  var cves: Set<String> = []
}

/// How urgent a version is, from the least. Source: Debian Policy, section 5.6.17.
public enum ChangelogUrgency: String, Sendable, Hashable, CaseIterable, Comparable {
  case low, medium, high, emergency, critical

  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  /// `emergency` and `critical` mean the same to the archive; the order among them is only for a stable answer.
  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
