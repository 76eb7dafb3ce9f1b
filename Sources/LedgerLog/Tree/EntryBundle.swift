/// Entries side by side, each after its length in two bytes. Source: C2SP tlog-tiles, "Log entries".
public enum EntryBundle {
  /// What two bytes can count.
  public static let longestEntry = 65_535

  public static func bytes(of entries: [[UInt8]]) throws(LedgerLogError) -> [UInt8] {
    var bytes: [UInt8] = []
    for entry in entries {
      guard entry.count <= longestEntry else {
        throw LedgerLogError(.entryTooLong, "an entry of \(entry.count) bytes, at most \(longestEntry)")
      }
      bytes += [UInt8(entry.count >> 8), UInt8(entry.count & 0xFF)]
      bytes += entry
    }
    return bytes
  }

  /// nil if the last entry is cut off.
  public static func entries(of bytes: [UInt8]) -> [[UInt8]]? {
    var entries: [[UInt8]] = []
    var position = 0
    while position < bytes.count {
      guard position + 2 <= bytes.count else { return nil }
      let end = position + 2 + Int(bytes[position]) << 8 + Int(bytes[position + 1])
      guard end <= bytes.count else { return nil }
      entries.append(Array(bytes[position + 2..<end]))
      position = end
    }
    return entries
  }
}
