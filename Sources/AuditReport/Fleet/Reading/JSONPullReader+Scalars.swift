internal import GateModel

extension JSONPullReader {
  mutating func word(_ word: StaticString) throws(HistoryReadingError) {
    let count = word.utf8CodeUnitCount
    let fits = word.withUTF8Buffer { bytes[position...].starts(with: $0) }
    guard fits else { throw failure("no value begins here") }
    position += count
  }

  mutating func bool() throws(HistoryReadingError) -> Bool {
    let isTrue = token() == UInt8(ascii: "t")
    try word(isTrue ? "true" : "false")
    return isTrue
  }

  /// A whole number.
  mutating func integer() throws(HistoryReadingError) -> Int {
    let isNegative = token() == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let start = position
    var number = 0
    while (0x30...0x39).contains(current) {
      let (tens, isTooLarge) = number.multipliedReportingOverflow(by: 10)
      let digit = Int(current - 0x30)
      let (sum, overflows) = tens.addingReportingOverflow(isNegative ? -digit : digit)
      guard !isTooLarge, !overflows else { throw failure("a number that is too large") }
      number = sum
      position += 1
    }
    guard position > start, bytes[start] != 0x30 || position == start + 1,
      ![UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(current)
    else { throw failure("no whole number stands here") }
    return number
  }

  mutating func skipNumber() throws(HistoryReadingError) {
    if current == UInt8(ascii: "-") { position += 1 }
    let start = position
    try digits()
    guard bytes[start] != 0x30 || position == start + 1 else { throw failure("a number that begins with 0") }
    if current == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if current | 0x20 == UInt8(ascii: "e") {
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
  }

  private mutating func digits() throws(HistoryReadingError) {
    guard (0x30...0x39).contains(current) else { throw failure("no value begins here") }
    while (0x30...0x39).contains(current) { position += 1 }
  }

  /// Where a string without escapes ends that begins at `start`; nil if it has any, or no end.
  func plainEnd(from start: Int) -> Int? {
    var at = start
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") { return at }
      if byte < 0x20 || byte == UInt8(ascii: "\\") { return nil }
      at += 1
    }
    return nil
  }

  mutating func string() throws(HistoryReadingError) -> String {
    guard token() == UInt8(ascii: "\"") else { throw failure("no text stands here") }
    guard let end = plainEnd(from: position + 1) else { return try escapedString() }
    let text = try text(bytes[(position + 1)..<end])
    position = end + 1
    return text
  }

  func text(_ bytes: ArraySlice<UInt8>) throws(HistoryReadingError) -> String {
    // ASCII, as most texts are, has nothing that could be wrong.
    if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw failure("not UTF-8") }
    return text
  }

  private mutating func escapedString() throws(HistoryReadingError) -> String {
    var unescaped: [UInt8] = []
    position += 1
    while current != UInt8(ascii: "\"") {
      guard current >= 0x20 else { throw failure("a control character or the end in a text") }
      if current == UInt8(ascii: "\\") {
        unescaped += String(try escape()).utf8
      } else {
        unescaped.append(current)
        position += 1
      }
    }
    position += 1
    return try text(unescaped[...])
  }

  private mutating func escape() throws(HistoryReadingError) -> Unicode.Scalar {
    let letter = position + 1 < bytes.count ? bytes[position + 1] : 0
    position += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "u"): return try codePoint()
    default: throw failure("no such escape")
    }
  }

  /// `XXXX`, or a pair of surrogates.
  private mutating func codePoint() throws(HistoryReadingError) -> Unicode.Scalar {
    let unit = try codeUnit()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xDC00, bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
      throw failure("half of a pair of surrogates")
    }
    position += 2
    let low = try codeUnit()
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
    else { throw failure("half of a pair of surrogates") }
    return scalar
  }

  private mutating func codeUnit() throws(HistoryReadingError) -> UInt16 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw failure("no such escape") }
    position += 4
    return unit
  }
}

extension String: JSONReadable {
  init(reading json: inout JSONPullReader) throws(HistoryReadingError) { self = try json.string() }
}

extension Int: JSONReadable {
  init(reading json: inout JSONPullReader) throws(HistoryReadingError) { self = try json.integer() }
}

extension Bool: JSONReadable {
  init(reading json: inout JSONPullReader) throws(HistoryReadingError) { self = try json.bool() }
}

extension Array: JSONReadable where Element: JSONReadable {
  init(reading json: inout JSONPullReader) throws(HistoryReadingError) { self = try json.array() }
}

extension Timestamp: JSONReadable {
  init(reading json: inout JSONPullReader) throws(HistoryReadingError) {
    let (start, quote) = (json.position, json.token())
    guard quote == UInt8(ascii: "\""), let end = json.plainEnd(from: json.position + 1) else {
      // Escapes are not usual in a time, but may stand in it.
      guard let moment = Timestamp(try json.string()) else { throw json.failure("no moment of RFC 3339 ends here") }
      self = moment
      return
    }
    guard let moment = Timestamp(utf8: json.bytes[(json.position + 1)..<end]) else {
      throw HistoryReadingError(byte: start, what: "no moment of RFC 3339 stands here")
    }
    json.position = end + 1
    self = moment
  }
}
