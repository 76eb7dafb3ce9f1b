/// Canonical JSON that was read: its bytes, and the tokens that say what stands where. No value in it is copied before
/// somebody asks for it.
final class CanonicalDocument: Sendable {
  private let bytes: [UInt8]
  let tokens: [CanonicalToken]

  /// Reads `range` of `bytes`; throws unless it is one value in the canonical form.
  init(_ bytes: [UInt8], in range: Range<Int>) throws(LedgerLogError) {
    tokens = try CanonicalJSONReader.tokens(of: bytes, in: range)
    self.bytes = bytes
  }

  /// The place of the token after the value at `place` and everything in it.
  func next(after place: Int) -> Int {
    switch tokens[place] {
    case .array(_, let next), .object(_, let next): Int(next)
    default: place + 1
    }
  }

  /// The string at `place`; nil if it is none.
  func text(at place: Int) -> String? {
    switch tokens[place] {
    case .string, .escapedString: bytes.withUnsafeBufferPointer { CanonicalText.string(tokens[place], in: $0) }
    default: nil
    }
  }

  /// Calls `body` with the bytes of the string at `place`, which has no escapes; nil if it is none, or has.
  func withPlainText<Value>(at place: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value? {
    guard case .string(let start, let end) = tokens[place] else { return nil }
    return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[Int(start)..<Int(end)])) }
  }

  /// Whether the key at `place` is `key`, which has nothing to escape.
  func isKey(_ key: StaticString, at place: Int) -> Bool {
    guard case .string(let start, let end) = tokens[place], Int(end - start) == key.utf8CodeUnitCount else {
      return false
    }
    return key.withUTF8Buffer { key in
      for place in 0..<key.count where bytes[Int(start) + place] != key[place] { return false }
      return true
    }
  }
}
