internal import Dispatch
internal import FoundationEssentials
internal import LedgerLog
internal import Synchronization

/// Entries on their way from the database to the verifier: other threads read and hash them, in parts; what comes out has
/// the order of what went in.
///
/// It holds a bounded number of parts, so that memory does not grow with the ledger.
struct ReadingPipeline {
  /// Entries of a part: some milliseconds of work, so that handing it over counts for nothing.
  private static let partEntries = 512
  /// Bytes after which a part is full, whatever the number of its entries.
  private static let partBytes = 1 << 20
  /// Parts that are under way: some for each processor, and some that wait for it; a part has seldom half a megabyte.
  private let mostParts = min(64, 8 + 4 * ProcessInfo.processInfo.activeProcessorCount)

  private let keepsEntries: Bool
  private var bytes: [UInt8] = []
  private var ranges: [Range<Int>] = []
  private var parts: [ReadingPart] = []

  init(keepsEntries: Bool) { self.keepsEntries = keepsEntries }

  /// The next entry. It is copied.
  mutating func append(_ entry: Data) {
    let start = bytes.count
    entry.withUnsafeBytes { bytes.append(contentsOf: $0) }
    ranges.append(start..<bytes.count)
    if ranges.count == Self.partEntries || bytes.count >= Self.partBytes { flush() }
  }

  private mutating func flush() {
    parts.append(ReadingPart(bytes, ranges, keepsEntries: keepsEntries))
    let size = bytes.count
    (bytes, ranges) = ([], [])
    bytes.reserveCapacity(size + size / 8)
    ranges.reserveCapacity(Self.partEntries)
  }

  /// The oldest part that is under way, once there are too many; waits for it.
  mutating func next() -> ReadEntries? { parts.count > mostParts ? parts.removeFirst().entries : nil }

  /// The oldest part, whatever their number; nil if all that was appended was given.
  mutating func last() -> ReadEntries? {
    if !ranges.isEmpty { flush() }
    return parts.isEmpty ? nil : parts.removeFirst().entries
  }
}

/// Entries that another thread reads and hashes.
private final class ReadingPart: Sendable {
  private let result = Mutex<ReadEntries?>(nil)
  private let group = DispatchGroup()

  init(_ bytes: [UInt8], _ ranges: [Range<Int>], keepsEntries: Bool) {
    DispatchQueue.global().async(group: group) { [self] in
      let read = ReadEntries(bytes, ranges, keeping: keepsEntries)
      result.withLock { $0 = read }
    }
  }

  /// Waits for them.
  var entries: ReadEntries {
    group.wait()
    return result.withLock { $0.take() } ?? ReadEntries([], [])
  }
}
