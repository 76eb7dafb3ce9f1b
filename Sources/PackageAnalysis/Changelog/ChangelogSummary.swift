public import GateModel

/// What the versions after the installed one fix, by the candidate's changelog.
///
/// It is the maintainers' own word. What the changelog does not name is not in it, and nothing is added.
public struct ChangelogSummary: Sendable, Hashable {
  /// `CVE-YEAR-NUMBER`, sorted by year and number.
  public var cves: [String]
  /// The most urgent of the entries; nil if none names one.
  public var urgency: ChangelogUrgency?
  /// How many entries are later than the installed version.
  public var entries: Int
  /// Whether the changelog was read down to the installed version. If not, there may be more: it was cut short, is
  /// broken, or comes from another line of versions.
  public var isComplete: Bool

  public init(cves: [String], urgency: ChangelogUrgency? = nil, entries: Int, isComplete: Bool) {
    self.cves = cves
    self.urgency = urgency
    self.entries = entries
    self.isComplete = isComplete
  }

  /// More entries than the longest changelog has between two versions of a release.
  static let mostEntries = 1000

  /// The summary of `changelog`'s entries that are later than `from` and not later than `to`.
  ///
  /// Versions are those of the source. `from` is nil where nothing was installed: then only the entry of `to` counts.
  /// nil if there is no such entry: the changelog is another's.
  public init?(changelog: [UInt8], from: PackageVersion?, to: PackageVersion) {
    var parser = ChangelogParser(changelog)
    var (cves, urgency, entries, isComplete): (Set<String>, ChangelogUrgency?, Int, Bool) = ([], nil, 0, false)
    while entries < Self.mostEntries, let entry = parser.next() {
      if entry.version.isLater(than: to) { continue }
      if let from, !entry.version.isLater(than: from) {
        isComplete = true
        break
      }
      if entries == 0, entry.version.order(relativeTo: to) != .same { break }
      entries += 1
      cves.formUnion(entry.cves)
      urgency = [urgency, entry.urgency].compactMap(\.self).max()
      if from == nil {
        isComplete = true
        break
      }
    }
    guard entries > 0 else { return nil }
    self.init(
      cves: cves.sorted(by: Self.isEarlier), urgency: urgency, entries: entries,
      isComplete: isComplete && !parser.isBroken)
  }

  /// By year, then by number.
  private static func isEarlier(_ left: String, _ right: String) -> Bool {
    let (a, b) = (left.split(separator: "-"), right.split(separator: "-"))
    guard a.count == 3, b.count == 3, let x = Int(a[2]), let y = Int(b[2]) else { return left < right }
    return (a[1], x) < (b[1], y)
  }

  /// What several binary packages of one source say together: what any of them names.
  static func joined(_ summaries: [ChangelogSummary]) -> ChangelogSummary? {
    guard var result = summaries.max(by: { $0.entries < $1.entries }) else { return nil }
    result.cves = Set(summaries.flatMap(\.cves)).sorted(by: isEarlier)
    result.urgency = summaries.compactMap(\.urgency).max()
    result.isComplete = summaries.allSatisfy(\.isComplete)
    return result
  }
}
