/// Colours and weights on a terminal; plain text everywhere else.
struct TerminalStyle: Sendable, Hashable {
  var isColored: Bool

  /// Select graphic rendition codes of ECMA-48, section 8.3.117.
  enum Rendition: String, Sendable {
    case bold = "1"
    case dim = "2"
    case red = "1;31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
  }

  static let plain = TerminalStyle(isColored: false)

  /// `text` as `rendition` on a terminal. `text` must be safe already.
  func callAsFunction(_ rendition: Rendition, _ text: String) -> String {
    isColored && !text.isEmpty ? "\u{1b}[\(rendition.rawValue)m\(text)\u{1b}[0m" : text
  }
}
