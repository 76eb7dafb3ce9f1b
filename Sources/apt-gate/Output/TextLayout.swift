import GateModel

/// How wide and how coloured text for people is.
struct TextLayout: Sendable, Hashable {
  /// Columns of a line.
  var width: Int
  var style: TerminalStyle

  /// What a page has when nothing says otherwise.
  static let defaultWidth = 80
  /// Below this a table cannot be read; lines are then left to the terminal to break.
  static let leastWidth = 40

  init(width: Int, style: TerminalStyle = .plain) {
    self.width = max(width, Self.leastWidth)
    self.style = style
  }

  /// The layout of standard output: a terminal's width and colours, or 80 plain columns.
  static func ofStandardOutput(color: ColorMode, environment: (String) -> String?) -> TextLayout {
    let isTerminal = StandardStream.output.isTerminal
    let stated = environment("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    let width = isTerminal ? stated ?? StandardStream.output.columns : nil
    return TextLayout(
      width: width ?? defaultWidth,
      style: TerminalStyle(isColored: color.isColored(onTerminal: isTerminal, environment: environment)))
  }

  /// Lines that begin with `label` in a column of `indent` columns and go on with `text`, wrapped.
  ///
  /// `text` comes from packages and is made safe here; `label` is the program's own.
  func labelled(
    _ label: String, _ text: String, indent: Int, rendition: TerminalStyle.Rendition? = nil
  ) -> [String] {
    let lines = ColumnText.wrapped(DisplayText.line(text), to: width - indent)
    return lines.enumerated().map { index, line in
      let margin = ColumnText.padded(index == 0 ? label : "", to: indent)
      return (index == 0 ? style(.dim, margin) : margin) + (rendition.map { style($0, line) } ?? line)
    }
  }
}
