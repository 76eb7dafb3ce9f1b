internal import GateModel

/// Values as templates show them.
enum Fields {
  /// For the template `time`: the moment for programs, for people, and how long ago.
  static func time(_ time: Timestamp, now: Timestamp) -> [String: Any] {
    ["iso": time.description, "text": words(time), "ago": distance(time, from: now)]
  }

  /// `2026-11-21 10:55 UTC`.
  static func words(_ time: Timestamp) -> String {
    let text = time.description
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
  }

  static func distance(_ time: Timestamp, from now: Timestamp) -> String {
    let seconds = now.duration(since: time).components.seconds
    return seconds < 0 ? "in \(span(-seconds))" : seconds < 60 ? "just now" : "\(span(seconds)) ago"
  }

  private static func span(_ seconds: Int64) -> String {
    switch seconds {
    case ..<60: "\(seconds) s"
    case ..<7200: "\(seconds / 60) min"
    case ..<172_800: "\(seconds / 3600) h"
    default: "\(seconds / 86_400) days"
    }
  }

  /// Reasons mark names with backticks, as on a terminal; a page needs none.
  static func lines(_ reasons: some Collection<some CustomStringConvertible>) -> [String] {
    reasons.map { $0.description.replacing("`", with: "") }
  }

  static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(grouped(number)) \(number == 1 ? one : many)"
  }

  /// Digits in groups of three, which a narrow space would tell better and a screen reader worse.
  static func grouped(_ number: Int) -> String {
    let digits = String(number)
    guard digits.count > 4 else { return digits }
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return result
  }

  /// A value of a URL's query or a segment of its path (RFC 3986, section 2.3).
  static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    var result = ""
    for byte in text.utf8 {
      if byte.isASCIILetterOrDigit || "-._~".utf8.contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return result
  }

  /// `/held?q=x&page=2`, without what is empty.
  static func link(_ path: String, _ query: [(String, String)]) -> String {
    let parts = query.filter { !$0.1.isEmpty }.map { "\($0.0)=\(encoded($0.1))" }
    return parts.isEmpty ? path : "\(path)?\(parts.joined(separator: "&"))"
  }

  /// A mark in a colour, always with its word. `tone` is a class of the style sheet.
  static func chip(_ text: String, _ tone: Tone) -> [String: Any] { ["text": text, "tone": tone.rawValue] }

  enum Tone: String {
    case good, work, wait, warn, bad
  }

  static func chip(verdict: String) -> [String: Any] {
    switch verdict {
    case "hold", "undetermined": chip(verdict, .bad)
    case "approve", "stage": chip(verdict, .warn)
    case "defer": chip(verdict, .wait)
    case "shield": chip(verdict, .work)
    default: chip(verdict, .good)
    }
  }
}
