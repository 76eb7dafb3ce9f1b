/// Durations as documents write them: numbers with `w`, `d`, `h`, `m` or `s`, such as `3d` or `1d12h`.
public enum DurationText {
  private static let units: [(letter: Character, name: String, seconds: Int64)] = [
    ("w", "week", 604_800), ("d", "day", 86_400), ("h", "hour", 3600), ("m", "minute", 60), ("s", "second", 1),
  ]
  /// The longest duration that a document may name, in seconds: ten years.
  private static let longest: Int64 = 3650 * 86_400

  /// nil if `text` is no duration, is nought or is over ten years.
  public static func parse(_ text: String) -> Duration? {
    var total: Int64 = 0
    var rest = text[...]
    var remaining = units[...]
    while !rest.isEmpty {
      let digits = rest.prefix { $0 >= "0" && $0 <= "9" }
      rest = rest[digits.endIndex...]
      guard let value = Int64(digits), value <= longest, let letter = rest.popFirst(),
        let position = remaining.firstIndex(where: { $0.letter == letter })
      else { return nil }
      total += value * units[position].seconds
      guard total <= longest else { return nil }
      remaining = remaining[(position + 1)...]
    }
    return total > 0 ? .seconds(total) : nil
  }

  /// The two largest units that are not nought, days the largest: `1 day 12 hours`.
  public static func text(_ duration: Duration) -> String {
    var rest = duration.components.seconds.magnitude
    var words: [String] = []
    for unit in units.dropFirst() {
      let count = rest / UInt64(unit.seconds)
      rest %= UInt64(unit.seconds)
      if count > 0 { words.append(count == 1 ? "1 \(unit.name)" : "\(count) \(unit.name)s") }
    }
    return words.isEmpty ? "0 seconds" : words.prefix(2).joined(separator: " ")
  }
}

extension DiagnosticCollector {
  /// A duration: numbers with units.
  public func duration(_ node: YamlNode, _ what: String) -> Duration? {
    guard let text = text(node, what) else { return nil }
    if let duration = DurationText.parse(text) { return duration }
    error(
      .invalidValue, at: node.position, "`\(text)` is no duration", suggestion: "such as `90m`, `36h`, `3d` or `1d12h`")
    return nil
  }
}
