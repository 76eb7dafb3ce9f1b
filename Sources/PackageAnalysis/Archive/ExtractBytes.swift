/// The bytes of an extract as they are written: counts and lengths are 32 bits, the least significant byte first.
struct ExtractWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ number: Int) {
    // INVARIANT: ArchiveLimits keep every count and length below 2^31.
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: number).littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func put(_ data: [UInt8]) {
    put(data.count)
    bytes += data
  }

  mutating func put(_ text: String) {
    put(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func put<Element>(_ list: [Element], _ each: (Element, inout ExtractWriter) -> Void) {
    put(list.count)
    for element in list { each(element, &self) }
  }
}

/// Takes an extract apart; nil wherever it does not hold what it should.
struct ExtractReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func number() -> Int? {
    guard rest.count >= 4 else { return nil }
    defer { rest = rest.dropFirst(4) }
    return rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  mutating func data() -> [UInt8]? { piece().map { Array($0) } }

  mutating func text() -> String? { piece().flatMap { String(validating: $0, as: UTF8.self) } }

  mutating func list<Element>(_ each: (inout ExtractReader) -> Element?) -> [Element]? {
    guard let count = number() else { return nil }
    var list: [Element] = []
    // No element is empty, so a count that is wrong ends with the bytes.
    for _ in 0..<count {
      guard let element = each(&self) else { return nil }
      list.append(element)
    }
    return list
  }

  private mutating func piece() -> ArraySlice<UInt8>? {
    guard let count = number(), count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
