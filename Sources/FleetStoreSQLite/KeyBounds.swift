/// The bytes that the keys of a range lie between: one bound at each end, so that SQLite reads no key outside of them.
struct KeyBounds {
  /// Keys are at least this...
  var from: [UInt8]
  /// ...and less than this.
  var below: [UInt8]

  /// Greater than every key: no UTF-8 has this byte (RFC 3629, section 1).
  private static let end: [UInt8] = [0xFF]

  init(prefix: String, after: String?) {
    let first = Array(prefix.utf8)
    // The least bytes that are greater than those of `after`.
    let next: [UInt8] = after.map { Array($0.utf8) + [0] } ?? []
    from = first.lexicographicallyPrecedes(next) ? next : first
    below = Self.successor(of: first) ?? Self.end
  }

  /// The least bytes that are greater than everything that begins with `prefix`; nil if there are none.
  private static func successor(of prefix: [UInt8]) -> [UInt8]? {
    var bytes = prefix
    while let last = bytes.popLast() {
      if last < 0xFF { return bytes + [last + 1] }
    }
    return nil
  }
}
