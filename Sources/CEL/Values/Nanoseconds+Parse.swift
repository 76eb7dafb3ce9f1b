extension Nanoseconds {
  /// Reads `1h30m`, `-1.5s`, `0`: an optional sign and decimal numbers with the units h, m, s, ms, us, µs and ns.
  ///
  /// `nil` where the text has another form or the length does not fit. Parts of a nanosecond are cut off.
  public init?(text: String) {
    var bytes = Array(text.utf8)[...]
    var isNegative = false
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      bytes.removeFirst()
    }
    if bytes.elementsEqual([UInt8(ascii: "0")]) {
      self.init(0)
      return
    }
    guard !bytes.isEmpty else { return nil }
    var total: UInt64 = 0
    while !bytes.isEmpty {
      guard let part = Self.takePart(&bytes) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      if overflow { return nil }
      total = sum
    }
    if isNegative {
      guard total <= Int64.min.magnitude else { return nil }
      self.init(total == Int64.min.magnitude ? .min : -Int64(total))
    } else {
      guard let count = Int64(exactly: total) else { return nil }
      self.init(count)
    }
  }

  private static func takePart(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
    let whole = bytes.prefix(while: isDigit)
    bytes = bytes.dropFirst(whole.count)
    var fraction: ArraySlice<UInt8> = []
    if bytes.first == UInt8(ascii: ".") {
      bytes.removeFirst()
      fraction = bytes.prefix(while: isDigit)
      bytes = bytes.dropFirst(fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    let unit = bytes.prefix { !isDigit($0) && $0 != UInt8(ascii: ".") }
    bytes = bytes.dropFirst(unit.count)
    guard let scale = scale(of: unit), let count = number(whole) else { return nil }
    let (scaled, overflow) = count.multipliedReportingOverflow(by: scale)
    let (sum, carry) = scaled.addingReportingOverflow(part(fraction, of: scale))
    return overflow || carry ? nil : sum
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
    var result: UInt64 = 0
    for digit in digits {
      let (scaled, overflow) = result.multipliedReportingOverflow(by: 10)
      let (sum, carry) = scaled.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
      if overflow || carry { return nil }
      result = sum
    }
    return result
  }

  /// The decimals' share of a unit; the largest unit is 3.6e12 ns, so thirteen decimals decide.
  private static func part(_ decimals: ArraySlice<UInt8>, of scale: UInt64) -> UInt64 {
    var numerator: UInt64 = 0
    var denominator: UInt64 = 1
    for digit in decimals.prefix(13) {
      numerator = numerator * 10 + UInt64(digit - UInt8(ascii: "0"))
      denominator *= 10
    }
    let product = numerator.multipliedFullWidth(by: scale)
    return denominator.dividingFullWidth(product).quotient
  }

  private static func scale(of unit: ArraySlice<UInt8>) -> UInt64? {
    switch String(decoding: unit, as: UTF8.self) {
    case "h": 3_600_000_000_000
    case "m": 60_000_000_000
    case "s": 1_000_000_000
    case "ms": 1_000_000
    case "us", "\u{B5}s", "\u{3BC}s": 1_000
    case "ns": 1
    default: nil
    }
  }
}
