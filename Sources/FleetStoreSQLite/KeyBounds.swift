/// The bytes that the keys of a range lie between.
struct KeyBounds {
  /// Keys are greater than this...
  var above: [UInt8]
  /// ...and at least this...
  var from: [UInt8]
  /// ...and less than this; nil if there is no end.
  var below: [UInt8]?

  init(prefix: String, after: String?) {
    from = Array(prefix.utf8)
    above = Array((after ?? "").utf8)
    below = Self.successor(of: from)
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
