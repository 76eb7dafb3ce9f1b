/// Reads JSON (RFC 8259) value by value, straight into the types that ask for it. A fleet's report reads hundreds of
/// megabytes; a decoder that makes a tree of it first takes most of the report's time.
///
/// Members that nobody asks for are skipped. What is no JSON or no UTF-8 is refused, as is a member that stands twice.
struct JSONPullReader: Sendable {
  /// Deeper values are refused, so that no input exhausts the stack.
  static let deepest = 64

  let bytes: [UInt8]
  var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The byte at the position; 0, which no token begins with, at the end.
  var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  func failure(_ what: String) -> HistoryReadingError { HistoryReadingError(byte: position, what: what) }

  /// Steps to the next token and gives its first byte.
  mutating func token() -> UInt8 {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      case let byte: return byte
      }
    }
    return 0
  }

  mutating func step(over byte: UInt8, _ what: StaticString) throws(HistoryReadingError) {
    guard token() == byte else { throw failure("no \(what) stands here") }
    position += 1
  }

  /// Steps over the end of a list, or to its next item.
  mutating func ends(with close: UInt8, isFirst: Bool) throws(HistoryReadingError) -> Bool {
    let next = token()
    if next == close {
      position += 1
      return true
    }
    if isFirst { return false }
    guard next == UInt8(ascii: ",") else { throw failure("no comma between two values") }
    position += 1
    return false
  }

  mutating func atEnd() throws(HistoryReadingError) {
    guard token() == 0, position >= bytes.count else { throw failure("something follows the value") }
  }

  // MARK: Objects and arrays

  /// The next member among `keys`, with the reader at its value; nil at the object's end.
  ///
  /// - Parameter progress: of this object; begin with a new one when the reader is at the brace.
  mutating func member<Key>(
    of keys: JSONKeys<Key>, _ progress: inout JSONProgress
  ) throws(HistoryReadingError) -> Key? {
    if progress.isNew { try step(over: UInt8(ascii: "{"), "object") }
    while true {
      let isOver = try ends(with: UInt8(ascii: "}"), isFirst: progress.isNew)
      progress.isNew = false
      if isOver {
        if let missing = keys.missing(among: progress.seen) { throw failure("the object has no `\(missing)`") }
        return nil
      }
      guard let place = try key(of: keys, near: progress.next) else {
        try skip()
        continue
      }
      let bit: UInt32 = 1 << UInt32(place)
      guard progress.seen & bit == 0 else { throw failure("the object has `\(keys.cases[place].rawValue)` twice") }
      progress.seen |= bit
      progress.next = place + 1
      return keys.cases[place]
    }
  }

  /// Steps over a key and its colon; gives which one it is.
  private mutating func key<Key>(of keys: JSONKeys<Key>, near next: Int) throws(HistoryReadingError) -> Int? {
    guard token() == UInt8(ascii: "\"") else { throw failure("no key begins here") }
    let start = position
    let place: Int?
    if let end = plainEnd(from: start + 1) {
      place = keys.place(of: bytes, from: start + 1, to: end, near: next)
      if place == nil { _ = try text(bytes[(start + 1)..<end]) }
      position = end + 1
    } else {
      let name = Array(try string().utf8)
      place = keys.place(of: name, from: 0, to: name.count, near: next)
    }
    try step(over: UInt8(ascii: ":"), "colon")
    return place
  }

  mutating func array<Element: JSONReadable>() throws(HistoryReadingError) -> [Element] {
    try step(over: UInt8(ascii: "["), "list")
    var elements: [Element] = []
    while try !ends(with: UInt8(ascii: "]"), isFirst: elements.isEmpty) {
      elements.append(try Element(reading: &self))
    }
    return elements
  }

  /// What `null` stands for is none.
  mutating func optional<Value: JSONReadable>() throws(HistoryReadingError) -> Value? {
    guard token() == UInt8(ascii: "n") else { return try Value(reading: &self) }
    try word("null")
    return nil
  }

  mutating func value<Value: JSONReadable>() throws(HistoryReadingError) -> Value { try Value(reading: &self) }

  /// Steps over any value.
  mutating func skip(depth: Int = 0) throws(HistoryReadingError) {
    guard depth < Self.deepest else { throw failure("nested over \(Self.deepest) deep") }
    switch token() {
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "{"):
      position += 1
      var isFirst = true
      while try !ends(with: UInt8(ascii: "}"), isFirst: isFirst) {
        isFirst = false
        guard token() == UInt8(ascii: "\"") else { throw failure("no key begins here") }
        _ = try string()
        try step(over: UInt8(ascii: ":"), "colon")
        try skip(depth: depth + 1)
      }
    case UInt8(ascii: "["):
      position += 1
      var isFirst = true
      while try !ends(with: UInt8(ascii: "]"), isFirst: isFirst) {
        isFirst = false
        try skip(depth: depth + 1)
      }
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    default: try skipNumber()
    }
  }
}

/// How far the reading of an object has come.
struct JSONProgress {
  fileprivate var isNew = true
  /// A bit for each key that stood in it.
  fileprivate var seen: UInt32 = 0
  /// The key that usually follows.
  fileprivate var next = 0
}

/// What can be read from JSON.
protocol JSONReadable {
  /// Reads the value at the reader's position and steps over it.
  init(reading json: inout JSONPullReader) throws(HistoryReadingError)
}

/// The members that an object may have; in the order in which they usually come they are found fastest. At most 32.
struct JSONKeys<Key: CaseIterable & RawRepresentable<String> & Sendable>: Sendable {
  let cases: [Key]
  private let names: [UInt8]
  /// Where each name begins in `names`, and the end of the last.
  private let starts: [Int]
  private let required: UInt32

  /// - Parameter optional: the members that may be absent.
  init(optional: [Key] = []) {
    cases = Array(Key.allCases)
    let all = cases.map { Array($0.rawValue.utf8) }
    names = Array(all.joined())
    starts = all.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    let absent = Set(optional.map(\.rawValue))
    required = cases.enumerated().reduce(0) {
      absent.contains($1.element.rawValue) ? $0 : $0 | 1 << UInt32($1.offset)
    }
  }

  /// Which one `bytes[start..<end]` is; looked for from `next` on.
  fileprivate func place(of bytes: [UInt8], from start: Int, to end: Int, near next: Int) -> Int? {
    for offset in cases.indices {
      let place = next + offset < cases.count ? next + offset : next + offset - cases.count
      let first = starts[place]
      guard starts[place + 1] - first == end - start else { continue }
      var index = 0
      while index < end - start, names[first + index] == bytes[start + index] { index += 1 }
      if index == end - start { return place }
    }
    return nil
  }

  fileprivate func missing(among seen: UInt32) -> String? {
    let missing = required & ~seen
    return missing == 0 ? nil : cases[missing.trailingZeroBitCount].rawValue
  }
}

/// What nodes told cannot be read.
public struct HistoryReadingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Where in the text.
  public let byte: Int
  public let what: String

  public var description: String { "at byte \(byte): \(what)" }
}
