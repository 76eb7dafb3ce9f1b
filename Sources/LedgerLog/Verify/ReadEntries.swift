/// Entries that were read and hashed, apart from their place in a ledger.
///
/// That is most of the work of verifying, and needs nothing of what comes before: many are read by several threads.
public struct ReadEntries: Sendable {
  struct Line: Sendable {
    var leaf: VerifierTree.Hash
    /// The place that the entry names, or why it cannot be read.
    var sequence: Result<Int, LedgerLogError>
  }

  private(set) var lines: [Line] = []
  /// What all of them do to the index, in their order.
  private(set) var changes: [IndexChange] = []
  /// Those that can be read, in their order; none unless they were to be kept.
  public private(set) var entries: [LedgerEntry] = []

  /// - Parameters:
  ///   - bytes: Where the entries stand.
  ///   - ranges: Where in `bytes` each of them stands.
  ///   - keep: Whether somebody wants to have ``entries``.
  public init(_ bytes: [UInt8], _ ranges: [Range<Int>], keeping keep: Bool = false) {
    lines.reserveCapacity(ranges.count)
    for range in ranges {
      let leaf = VerifierTree.leaf(bytes, range)
      do throws(LedgerLogError) {
        let entry = try LedgerEntry(bytes, in: range)
        lines.append(Line(leaf: leaf, sequence: .success(entry.sequence)))
        changes += entry.indexChanges
        if keep { entries.append(entry) }
      } catch {
        lines.append(Line(leaf: leaf, sequence: .failure(error)))
      }
    }
  }
}
