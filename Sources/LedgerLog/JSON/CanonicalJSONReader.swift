internal import GateModel

/// Reads JSON that is in the canonical form of RFC 8785, and nothing else, in one pass over its bytes.
///
/// It shares nothing with ``CanonicalJSON``, which writes: that what it accepts is canonical is its own judgement. Any
/// other text of the same value, with a space, another escape or another order of keys, is refused, so that an entry has
/// one form only.
struct CanonicalJSONReader {
  /// Deeper values are refused, so that no input exhausts the stack.
  static let deepest = 64
  /// Places are kept in 32 bits.
  static let longest = Int(UInt32.max)
  /// The tokens of most entries, so that the list of them seldom grows.
  private static let usualTokens = 96

  /// The text is a part of them, to which no place outside of it leads.
  let bytes: UnsafeBufferPointer<UInt8>
  private let start: Int
  let end: Int
  var position: Int
  var tokens: [CanonicalToken] = []
  private var depth = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    self.bytes = bytes
    (start, end, position) = (range.lowerBound, range.upperBound, range.lowerBound)
    tokens.reserveCapacity(Self.usualTokens)
  }

  /// The tokens of the one value that `range` of `bytes` is.
  static func tokens(of bytes: [UInt8], in range: Range<Int>) throws(LedgerLogError) -> [CanonicalToken] {
    guard range.upperBound <= min(bytes.count, longest) else {
      throw LedgerLogError(.notCanonical, "not canonical JSON: too long to be read")
    }
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<[CanonicalToken], LedgerLogError> in
      var reader = CanonicalJSONReader(buffer, range)
      do throws(LedgerLogError) {
        try reader.value()
        guard reader.position == reader.end else { throw reader.failure("something follows the value") }
        return .success(reader.tokens)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  func failure(_ what: String) -> LedgerLogError {
    LedgerLogError(.notCanonical, "not canonical JSON at byte \(position - start): \(what)")
  }

  /// The byte at the position; 0, which JSON never has, at the end.
  var current: UInt8 { position < end ? bytes[position] : 0 }

  private mutating func value() throws(LedgerLogError) {
    switch current {
    case UInt8(ascii: "{"): try object()
    case UInt8(ascii: "["): try array()
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "t"): try word("true", .bool(true))
    case UInt8(ascii: "f"): try word("false", .bool(false))
    case UInt8(ascii: "n"): try word("null", .null)
    default: try number()
    }
  }

  private mutating func word(_ word: StaticString, _ token: CanonicalToken) throws(LedgerLogError) {
    let count = word.utf8CodeUnitCount
    let fits = word.withUTF8Buffer { bytes[position..<end].starts(with: $0) }
    guard fits else { throw failure("no value begins here") }
    position += count
    tokens.append(token)
  }

  /// Steps into an array or object; gives the place of its token, which is to be replaced at its end.
  private mutating func enter() throws(LedgerLogError) -> Int {
    guard depth < Self.deepest else { throw failure("nested over \(Self.deepest) deep") }
    depth += 1
    position += 1
    tokens.append(.null)
    return tokens.count - 1
  }

  private mutating func array() throws(LedgerLogError) {
    let place = try enter()
    var count: UInt32 = 0
    while try !ends(with: UInt8(ascii: "]"), isFirst: count == 0) {
      try value()
      count += 1
    }
    tokens[place] = .array(count: count, next: UInt32(truncatingIfNeeded: tokens.count))
    depth -= 1
  }

  private mutating func object() throws(LedgerLogError) {
    let place = try enter()
    var (count, last): (UInt32, Int) = (0, 0)
    while try !ends(with: UInt8(ascii: "}"), isFirst: count == 0) {
      guard current == UInt8(ascii: "\"") else { throw failure("no key begins here") }
      let key = tokens.count
      try string()
      if count > 0, !precedes(last, key) { throw failure("keys are not in their order, or repeated") }
      guard current == UInt8(ascii: ":") else { throw failure("no colon after a key") }
      position += 1
      try value()
      (count, last) = (count + 1, key)
    }
    tokens[place] = .object(count: count, next: UInt32(truncatingIfNeeded: tokens.count))
    depth -= 1
  }

  /// Steps over the end of a list, or over the comma before its next item.
  private mutating func ends(with close: UInt8, isFirst: Bool) throws(LedgerLogError) -> Bool {
    if current == close {
      position += 1
      return true
    }
    if isFirst { return false }
    guard current == UInt8(ascii: ",") else { throw failure("no comma between two values") }
    position += 1
    return false
  }

  /// Whether one key comes before another, by UTF-16 code units (RFC 8785, section 3.2.3).
  ///
  /// That is the order of UTF-8 but where the first difference is between U+E000 to U+FFFF and later characters.
  private func precedes(_ one: Int, _ other: Int) -> Bool {
    guard case .string(let start, let end) = tokens[one], case .string(let otherStart, let otherEnd) = tokens[other]
    else { return inOrder(one, other) }
    let (first, second) = (bytes[Int(start)..<Int(end)], bytes[Int(otherStart)..<Int(otherEnd)])
    for (byte, otherByte) in zip(first, second) where byte != otherByte {
      return max(byte, otherByte) < 0xED ? byte < otherByte : inOrder(one, other)
    }
    return first.count < second.count
  }

  private func inOrder(_ one: Int, _ other: Int) -> Bool {
    CanonicalText.string(tokens[one], in: bytes).utf16
      .lexicographicallyPrecedes(CanonicalText.string(tokens[other], in: bytes).utf16)
  }
}
