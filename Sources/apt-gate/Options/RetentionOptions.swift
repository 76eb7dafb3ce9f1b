import ArgumentParser
import NetworkSystem
import Documents

/// Options that say how many snapshots are kept.
struct RetentionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Keep at most so many snapshots. (default: 64)", valueName: "n"))
  var keep: Int?

  @Option(
    help: ArgumentHelp("Remove snapshots older than this, such as 30d or 1d12h.", valueName: "duration"),
    transform: Self.duration)
  var maxAge: Duration?

  @Option(help: ArgumentHelp("Keep at most so many mebibytes of snapshots. (default: 1024)", valueName: "mib"))
  var maxSize: Int?

  /// Days of hourly snapshots of an ordinary node.
  private static let standardCount = 64
  /// Some snapshots of a node with a million routes.
  private static let standardMebibytes = 1024

  var retention: SnapshotRetention {
    let mebibytes = min(maxSize ?? Self.standardMebibytes, Int.max >> 20)
    return SnapshotRetention(count: keep ?? Self.standardCount, age: maxAge, bytes: mebibytes << 20)
  }

  func validate() throws {
    if let keep, keep < 1 { throw ValidationError("`--keep` must be at least 1: the newest snapshot is always kept") }
    if let maxSize, maxSize < 1 { throw ValidationError("`--max-size` must be at least 1") }
  }

  private static func duration(_ text: String) throws -> Duration {
    guard let duration = DurationText.parse(text) else {
      throw ValidationError("`\(text)` is no duration: write numbers with w, d, h, m or s, such as 1d12h")
    }
    return duration
  }
}
